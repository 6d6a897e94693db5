// A virtual desktop with a browser and Orca: it takes keys and returns what Orca says as text. Runs inside
// `xvfb-run … dbus-run-session`, with the packages that `cargo xtask listen` installs.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds of silence after which the next key is pressed. */
const QUIET = 600;
/** Milliseconds to wait after a key until Orca begins to speak; after them, Orca counts as silent about this key. */
const SILENT = 6_000;
/** The longest time that Orca may speak after a key, in milliseconds. */
const LONGEST = 12_000;
/** Firefox without first-run pages and telemetry, and always with accessibility on. */
const PREFERENCES = {
  "accessibility.force_disabled": -1,
  "app.normandy.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  // Firefox's prompts to save what was typed would take the focus.
  "extensions.formautofill.addresses.enabled": false,
  "extensions.formautofill.creditCards.enabled": false,
  "signon.rememberSignons": false,
};

/** Orca's settings that differ from its defaults. */
const SETTINGS = {
  general: { enableKeyEcho: false, startingProfile: ["Default", "default"], profile: ["Default", "default"] },
  profiles: { default: { profile: ["Default", "default"], enableKeyEcho: false } },
  pronunciations: {},
  keybindings: {},
};

/** Browsers that can be used, with the way to start each. */
const BROWSERS = {
  firefox: (home, url) => {
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    mkdirSync(join(home, "profile"), { recursive: true });
    writeFileSync(join(home, "profile/user.js"), lines.join("\n"));
    return ["firefox-esr", ["--no-remote", "--new-instance", "--profile", join(home, "profile"), "-kiosk", url]];
  },
  chromium: (home, url) => [
    "chromium",
    ["--no-sandbox", "--disable-gpu", "--no-first-run", "--force-renderer-accessibility", `--user-data-dir=${join(home, "profile")}`, "--kiosk", url],
  ],
};

export class Room {
  /** @type {NodeJS.ProcessEnv} */
  env = {};

  #home = mkdtempSync(join(tmpdir(), "listen-"));
  /** @type {import("node:child_process").ChildProcess[]} */
  #running = [];
  /** How many lines of Orca's output `hear` has returned. */
  #read = 0;

  /** @param {{ browser: string, url: string, language: string, loaded: () => Promise<unknown> }} how `language`: Orca's language */
  static async open({ browser, url, language, loaded }) {
    const room = new Room();
    const env = { ...process.env, HOME: room.#home, LANGUAGE: language, TZ: "America/Los_Angeles", MOZ_ENABLE_ACCESSIBILITY: "1", GNOME_ACCESSIBILITY: "1", ACCESSIBILITY_ENABLED: "1", LISTEN_SAID: room.#log };
    room.env = env;
    mkdirSync(join(room.#home, ".config/speech-dispatcher"), { recursive: true });
    // Orca needs a voice; this one makes no sound.
    writeFileSync(join(room.#home, ".config/speech-dispatcher/speechd.conf"), 'LogLevel 0\nAddModule "dummy" "sd_dummy" ""\nDefaultModule dummy\n');
    // The settings keep Orca from repeating typed keys: the transcript has the keys anyway.
    mkdirSync(join(room.#home, ".local/share/orca"), { recursive: true });
    writeFileSync(join(room.#home, ".local/share/orca/user-settings.conf"), JSON.stringify(SETTINGS));
    copyFileSync(join(import.meta.dirname, "customizations.py"), join(room.#home, ".local/share/orca/orca-customizations.py"));
    spawnSync("gsettings", ["set", "org.gnome.desktop.interface", "toolkit-accessibility", "true"], { env });
    room.#start("/usr/libexec/at-spi-bus-launcher", ["--launch-immediately"]);
    await sleep(1000);
    room.#start("openbox", []);
    await sleep(1000);
    const [program, options] = BROWSERS[browser](room.#home, url);
    room.#start(program, options);
    await loaded();
    await sleep(1500);
    room.#start("orca", ["--replace"]);
    if (!(await room.#until(() => room.#said().length > 0, 30_000))) throw new Error("Orca says nothing");
    await sleep(3000);
    const windows = spawnSync("xdotool", ["search", "--onlyvisible", "--class", program.split("-")[0]], { env, encoding: "utf8" }).stdout.trim().split("\n");
    spawnSync("xdotool", ["windowfocus", windows[windows.length - 1]], { env });
    await room.rest();
    room.hear();
    return room;
  }

  get #log() {
    return join(this.#home, "said.txt");
  }

  #start(program, options) {
    const child = spawn(program, options, { env: this.env, stdio: "ignore", detached: true });
    child.on("error", (error) => console.error(`${program} does not run: ${error.message}`));
    this.#running.push(child);
  }

  /** Everything that Orca has said. @returns {string[]} */
  #said() {
    let text = "";
    try {
      text = readFileSync(this.#log, "utf8");
    } catch {
      // Orca has not said anything yet.
    }
    return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
  }

  async #until(holds, longest) {
    const end = Date.now() + longest;
    while (!holds() && Date.now() < end) await sleep(50);
    return holds();
  }

  /** Waits until Orca has said something and is then silent, or until it has said nothing for `SILENT` milliseconds. */
  async rest() {
    const end = Date.now() + LONGEST;
    await this.#until(() => this.#said().length > this.#read, SILENT);
    let [count, since] = [-1, Date.now()];
    while (Date.now() - since < QUIET && Date.now() < end) {
      const now = this.#said().length;
      if (now !== count) [count, since] = [now, Date.now()];
      await sleep(50);
    }
  }

  /** What Orca has said since the last call. @returns {string[]} */
  hear() {
    const all = this.#said();
    const fresh = all.slice(this.#read);
    this.#read = all.length;
    return fresh;
  }

  /** @param {string} name xdotool's name for the key */
  async press(name) {
    spawnSync("xdotool", ["key", name], { env: this.env });
    await this.rest();
  }

  /** @param {string} text */
  async type(text) {
    spawnSync("xdotool", ["type", "--delay", "60", text], { env: this.env });
    await this.rest();
  }

  close() {
    for (const child of this.#running.reverse()) {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // The process has already ended.
      }
    }
    if (!process.env.FAT_KEEP) rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
    else console.error(`kept: ${this.#home}`);
  }
}
