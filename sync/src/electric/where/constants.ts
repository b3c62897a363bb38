/** Constants that wait for the form in which the log writes them. */
import type { Canonicalise } from './canonicalise.ts';
import type { Constant } from './expression.ts';
import type { RawColumn, RawConstant } from './operands.ts';
import { isText, isTime } from './types.ts';
import { refusal, WhereError } from './where-error.ts';

interface Waiting {
  readonly constant: Constant;
  /** A built-in type, or an enum's OID. */
  readonly type: string;
  readonly location: number;
}

export class Constants {
  readonly #waiting: Waiting[] = [];

  /** The constant as one of a type; its text is final after `settle`. */
  add(text: string, raw: RawConstant, type: string, column: RawColumn | null): Constant {
    if (isTime(type) && /now|today|tomorrow|yesterday/i.test(text))
      throw refusal(raw.location, `'${text}' changes with time, which is not supported in a where`);
    const constant = { constant: text, type };
    if (type === 'enum' && column) {
      this.#waiting.push({ constant, type: String(column.column.type_oid), location: raw.location });
    } else if (!isText(type)) {
      this.#waiting.push({ constant, type, location: raw.location });
    }
    return constant;
  }

  /** @throws WhereError that names the first constant that is no value of its type. */
  async settle(canonicalise: Canonicalise): Promise<void> {
    const ask = async (waiting: readonly Waiting[]) =>
      await canonicalise(waiting.map(({ constant, type }) => ({ type, text: constant.constant })));
    const texts = await ask(this.#waiting).catch(async (error: unknown) => {
      if (!(error instanceof WhereError)) throw error;
      // Postgres does not say which.
      for (const one of this.#waiting) {
        await ask([one]).catch((cause: unknown) => {
          throw cause instanceof WhereError ? refusal(one.location, cause.message) : cause;
        });
      }
      throw error;
    });
    this.#waiting.forEach(({ constant }, index) => {
      constant.constant = texts[index] ?? constant.constant;
    });
  }
}
