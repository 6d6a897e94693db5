/** What `cargo xtask dist` puts into the script: the build's constants, the table of files, and the glue that wasm-bindgen writes. */

/** The version of the release. */
declare const __VERSION__: string;
/** The tags of the languages in the release. */
declare const __LOCALES__: string[];

declare module "find-a-time-files" {
  /** Each file of the release by its name: its hash, and its address if it is beside the script. */
  const files: Record<string, { hash: string; beside(): URL }>;
  export default files;
}

declare module "find-a-time-glue" {
  /** The functions of one element that the wasm calls; `src/host/bridge.rs` has the same list. */
  export interface Bridge {
    attribute(name: string): string | null;
    token(): unknown;
    hasToken(): boolean;
    card(): unknown;
    hasCard(): boolean;
    questions(): unknown;
    signIn(resume: string): unknown;
    emit(name: string, detail: object, cancelable: boolean): boolean;
    selectedByEvent(detail: object, slot: object): boolean;
    state(name: string): void;
    diagnose(code: string, level: import("../../embed/diagnostics.js").Level, message: string, mend: string): void;
  }

  /** The functions of the page that the wasm calls; `src/platform/page.rs` has the same list. */
  export interface Page {
    elapsed(): number;
    after(milliseconds: number, callback: () => void): () => void;
    sentAhead(url: string, oldest: number): number;
    send: typeof import("../../embed/net.js").send;
  }

  /** A mounted widget; `src/app/root.rs` has the same methods. */
  export interface Mounted {
    update(): void;
    speak(locale: string, words: object): void;
    refresh(): void;
    reset(): void;
    signedIn(): void;
    focusFirst(options: FocusOptions | undefined): boolean;
    free(): void;
  }

  export function mount(root: HTMLElement, bridge: Bridge, locale: string, words: object): Mounted;
  export function resetParked(): void;
  export function start(onPanic: () => void, page: Page): void;
  export function version(): string;
  export function ahead(): void;
  /** Compiles and starts the first part; resolves with the stylesheet in it. */
  export function connect(bytes: ArrayBuffer): Promise<ArrayBuffer>;
  /** Makes every later call into the wasm do nothing. */
  export function disconnect(): void;
  /** What a later part of the wasm imports from the first. */
  export function shared(): WebAssembly.ModuleImports & { __indirect_function_table: WebAssembly.Table };
}
