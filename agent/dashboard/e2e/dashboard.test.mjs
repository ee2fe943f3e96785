// All tests of the dashboard, on one community. CLOUDY_FLOWS=stacks,apps runs some of them.
import { after, afterEach, before } from 'node:test';
import { begin, end, leave } from './stage.mjs';

// What one does shows on the pages that a later one walks through.
const FLOWS = [
  'signing',
  'people',
  'services',
  'network',
  'node',
  'modules',
  'dns',
  'sync',
  'graphs',
  'video',
  'stacks',
  'engine',
  'apps',
  'keyboard',
  'hostile',
  'walk',
  'large',
  'away',
];

before(begin);
after(end);
afterEach(leave);

for (const flow of process.env.CLOUDY_FLOWS?.split(',') ?? FLOWS) {
  await import(`./flows/${flow}.mjs`);
}
