/** Constants still to be converted to the log's form. */
import type { Canonicalise } from './canonicalise.ts';
import type { Constant } from './expression.ts';
import type { RawColumn, RawConstant } from './operands.ts';
import { isText, isTime } from './types.ts';
import { refusal, WhereError } from './where-error.ts';

interface Waiting {
  readonly constant: Constant;
  /** A built-in type's name, or an enum's OID. */
  readonly type: string;
  readonly location: number;
}

export class Constants {
  readonly #waiting: Waiting[] = [];

  /** Returns the text as a constant of a type; its form is final after `settle`. */
  add(text: string, raw: RawConstant, type: string, column: RawColumn | null): Constant {
    if (isTime(type) && /now|today|tomorrow|yesterday/i.test(text))
      throw refusal(raw.location, `'${text}' changes with time, which is not supported in a where`);
    const constant = { constant: text, type };
    const asked = type === 'enum' && column ? String(column.column.type_oid) : type;
    if (!isText(type)) this.#waiting.push({ constant, type: asked, location: raw.location });
    return constant;
  }

  /** @throws WhereError naming the first constant that is not a valid value of its type. */
  async settle(canonicalise: Canonicalise): Promise<void> {
    const texts = await ask(this.#waiting, canonicalise);
    this.#waiting.forEach(({ constant }, index) => {
      constant.constant = texts[index] ?? constant.constant;
    });
  }
}

/** Postgres does not report which constant is wrong, so the list is halved until one is left. */
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
