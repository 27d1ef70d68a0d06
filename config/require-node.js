/**
 * The oldest Node that runs our TypeScript as it is (type stripping without a flag or a warning).
 * This file and whoever imports it first must parse on the Nodes it turns away.
 */
const OLDEST = [24, 12];

/**
 * Says why a Node version cannot run Latchkey; undefined when it can.
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return (
    `Latchkey runs on Node ${OLDEST.join('.')} or newer; this is Node ${version}.\n` +
    'After `npm install`, the npm scripts bring their own: npm run dev, npm start, npm run latchkey.'
  );
}

/** Ends the process with one plain sentence where a syntax error would puzzle. */
export function requireNode() {
  const refusal = nodeTooOld(process.versions.node);
  if (refusal === undefined) return;
  console.error(refusal);
  process.exit(1);
}
