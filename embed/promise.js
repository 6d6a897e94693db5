/** The browser's own `Promise`, for every file of the bundle: a script of the page may have replaced the global one. */
const Own = /** @type {PromiseConstructor} */ ((async () => {})().constructor);
export { Own as Promise };
