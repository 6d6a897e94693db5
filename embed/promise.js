/**
 * The browser's own `Promise`, and a `queueMicrotask` made with it. The build uses them in every file of the bundle, since a script of the
 * page may have replaced the global ones.
 */
const Own = /** @type {PromiseConstructor} */ ((async () => {})().constructor);

/** @param {() => void} job */
async function soon(job) {
  await undefined;
  job();
}
export { Own as Promise, soon as queueMicrotask };
