/** The result of one check, in sentences for people. */
export interface Finding {
  /** The thing that was checked: `ffmpeg`, `media root`, `database`. */
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** How to fix it; null: nothing to do. */
  readonly advice: string | null;
}

export function ok(check: string, message: string): Finding {
  return { check, status: 'ok', message, advice: null };
}

export function warning(check: string, message: string, advice: string | null = null): Finding {
  return { check, status: 'warning', message, advice };
}

export function failed(check: string, message: string, advice: string | null = null): Finding {
  return { check, status: 'failed', message, advice };
}
