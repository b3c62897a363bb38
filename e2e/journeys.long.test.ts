import { journeys } from './src/journeys/journeys.ts';
import { testInChromium } from './src/journeys/test-journeys.ts';

testInChromium(journeys);
