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
    const asked = type === 'enum' && column ? String(column.column.type_oid) : type;
    if (!isText(type)) this.#waiting.push({ constant, type: asked, location: raw.location });
    return constant;
  }

  /** @throws WhereError that names the first constant that is no value of its type. */
  async settle(canonicalise: Canonicalise): Promise<void> {
    const texts = await ask(this.#waiting, canonicalise);
    this.#waiting.forEach(({ constant }, index) => {
      constant.constant = texts[index] ?? constant.constant;
    });
  }
}

/** Postgres does not say which of them is wrong: halves are asked again, until it is one. */
async function ask(waiting: readonly Waiting[], canonicalise: Canonicalise): Promise<string[]> {
  try {
    return await canonicalise(waiting.map(({ constant, type }) => ({ type, text: constant.constant })));
  } catch (error) {
    const [first] = waiting;
    if (!(error instanceof WhereError) || !first) throw error;
    if (waiting.length === 1) throw refusal(first.location, error.message);
    const middle = Math.ceil(waiting.length / 2);
    const before = await ask(waiting.slice(0, middle), canonicalise);
    return [...before, ...(await ask(waiting.slice(middle), canonicalise))];
  }
}
