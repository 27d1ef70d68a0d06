import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { nodeTooOld } from '../../config/require-node.js';

describe('a start on some Node', () => {
  test.each(['24.12.0', '24.21.0', '25.0.0', '26.3.1'])('goes on with %s', (version) => {
    expect(nodeTooOld(version)).toBeUndefined();
  });

  test.each(['16.20.2', '20.20.2', '23.99.0', '24.0.0', '24.11.9'])(
    'stops on %s with the version it needs and the way to get it',
    (version) => {
      const refusal = nodeTooOld(version);

      expect(refusal).toContain('24.12');
      expect(refusal).toContain(version);
      expect(refusal).toContain('npm run');
    },
  );

  test('is judged before a line of TypeScript is read', () => {
    const pretend =
      'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.1.0"})';

    for (const file of ['cli/latchkey.js', 'app/server/start.js'])
      expect(() =>
        execFileSync(process.execPath, ['--import', pretend, file], { stdio: 'pipe' }),
      ).toThrow(/this is Node 20\.1\.0/);
  });
});
