/** The browser's own `Promise` and `queueMicrotask` for every file of the bundle: a script of the page may have replaced the global ones. */
const Own = /** @type {PromiseConstructor} */ ((async () => {})().constructor);

/** @param {() => void} job */
async function soon(job) {
  await undefined;
  job();
}
export { Own as Promise, soon as queueMicrotask };
