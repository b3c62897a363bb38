/** Runs rounds one after another. @param work receives the number of its round, from 0. */
export async function repeat<Value>(count: number, work: (round: number) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let round = 0; round < count; round++) values.push(await work(round));
  return values;
}
