/** Goes on a journey. @throws Error that names the step that failed. */
import type { Journey } from './journeys.ts';
import type { World } from './world.ts';

export async function travel(world: World, { steps }: Journey): Promise<void> {
  for (const [index, [step, take]] of steps.entries()) {
    try {
      await take(world);
    } catch (error) {
      throw new Error(`Step ${index + 1}, “${step}”: ${(error as Error).message}`, { cause: error });
    }
  }
}
