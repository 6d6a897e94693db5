// Runs a WordPress for one test file, with the recipe's plugin. It consists of Debian's package, unpacked once into target/, of a
// MariaDB that starts with an empty folder, and of PHP's own web server. Only the packages are downloaded.
//
// FAT_WORDPRESS_FILES names a folder with another `wordpress` in it, to run the same tests with a newer version by hand.
//
// Needs `php` with mysqli, and `mariadbd`; if they are missing, `missing()` says what to install.
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL("wordpress/", import.meta.url));
const PLUGIN = fileURLToPath(new URL("../../docs/recipes/wordpress/find-a-time", import.meta.url));
const KEPT = fileURLToPath(new URL("../../target/recipes/", import.meta.url));

/** Debian's packages: WordPress, a block theme, and the libraries that Debian packages separately. */
const PACKAGES = ["wordpress", "wordpress-theme-twentytwentythree", "libjs-underscore", "libjs-cropper", "php-getid3"];
/** Debian installs daemons in a folder that is not on a user's PATH. */
const PATH = `${process.env.PATH}:/usr/sbin`;

const works = (program, ...options) => run(program, options, { env: { ...process.env, PATH } }).then(({ stdout }) => stdout, () => "");
const exists = (path) => stat(path).then(() => true, () => false);

/** @returns {Promise<string | undefined>} what must be installed before WordPress can run here */
export async function missing() {
  const mysqli = /^mysqli$/m.test(await works("php", "-m"));
  if (!mysqli || !(await works("mariadbd", "--version"))) return "install PHP and MariaDB (Debian: apt-get install php-cli php-mysql mariadb-server-core)";
  return unpacked().then(() => undefined, (error) => `Debian's package wordpress could not be fetched (apt-get update may help): ${error.message}`);
}

/** The folder with the unpacked packages. @returns {Promise<string>} */
export async function unpacked() {
  const folder = join(KEPT, "wordpress");
  if (await exists(folder)) return folder;
  await mkdir(KEPT, { recursive: true });
  const fresh = await mkdtemp(join(KEPT, "unpacking-"));
  await run("apt-get", ["download", ...PACKAGES], { cwd: fresh });
  for (const file of await readdir(fresh)) await run("dpkg-deb", ["-x", join(fresh, file), join(fresh, "root")]);
  // If another worker has unpacked the packages meanwhile, use its folder.
  await rename(join(fresh, "root"), folder).catch(async (error) => {
    if (!(await exists(folder))) throw error;
  });
  await rm(fresh, { recursive: true });
  return folder;
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Waits until the condition holds. @param {() => Promise<boolean>} holds @param {string} what */
async function until(holds, what) {
  for (const begun = Date.now(); Date.now() - begun < 30_000; await new Promise((later) => setTimeout(later, 50))) {
    if (await holds()) return;
  }
  throw new Error(`${what} after 30 s`);
}

export class WordPress {
  /** The folder of the installation. */
  home = "";
  /** The folder of WordPress's own files. */
  root = "";
  /** The address of the site. */
  origin = "";
  /** The version of WordPress. */
  version = "";

  /** @type {import("node:child_process").ChildProcess[]} */
  #running = [];

  /** @returns {Promise<WordPress>} an installed WordPress whose plugin is not active yet */
  static async start() {
    const wordpress = new WordPress();
    wordpress.home = await mkdtemp(join(KEPT, "run-"));
    try {
      await wordpress.#lay(process.env.FAT_WORDPRESS_FILES ?? join(await unpacked(), "usr/share"));
      await wordpress.#serve();
      wordpress.version = await wordpress.tell("install");
    } catch (error) {
      await wordpress.stop();
      throw error;
    }
    return wordpress;
  }

  /** Copies WordPress's files by hard links, with the theme and the plugin. @param {string} files */
  async #lay(files) {
    await run("cp", ["-al", `${files}/.`, join(this.home, "share")]);
    this.root = join(this.home, "share/wordpress");
    // Delete first: writing through a hard link would change the unpacked package.
    await rm(join(this.root, "wp-config.php"), { force: true });
    await cp(join(HERE, "wp-config.php"), join(this.root, "wp-config.php"));
    await cp(join(HERE, "theme"), join(this.root, "wp-content/themes/head-before-content"), { recursive: true });
    await cp(PLUGIN, join(this.root, "wp-content/plugins/find-a-time"), { recursive: true });
    await mkdir(join(this.root, "wp-content/mu-plugins"));
  }

  async #serve() {
    const data = join(this.home, "data");
    const socket = join(this.home, "mariadb.sock");
    await mkdir(data);
    this.origin = `http://127.0.0.1:${await freePort()}`;
    this.env = {
      ...process.env, PATH, PHP_CLI_SERVER_WORKERS: "4",
      FAT_WORDPRESS: this.root, FAT_WORDPRESS_SOCKET: socket, FAT_WORDPRESS_ORIGIN: this.origin,
    };
    const root = process.getuid?.() === 0 ? ["--user=root"] : [];
    // MariaDB starts from an empty folder, without accounts (`--skip-grant-tables`) or a network. It need not keep data after a
    // crash, so it may write less often.
    this.#spawn("mariadbd", [
      "--no-defaults", `--datadir=${data}`, `--socket=${socket}`, "--skip-networking", "--skip-grant-tables", "--innodb-flush-log-at-trx-commit=0",
      "--innodb-doublewrite=0", "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M", ...root,
    ]);
    await until(() => exists(socket), "MariaDB is not ready");
    this.#spawn("php", ["-d", "display_errors=0", "-d", "log_errors=1", "-d", "opcache.revalidate_freq=0", "-S", new URL(this.origin).host, "-t", this.root]);
    await until(() => fetch(`${this.origin}/readme.html`).then(({ ok }) => ok, () => false), "PHP's web server is not ready");
  }

  /** @param {string} program @param {string[]} options */
  #spawn(program, options) {
    // In a process group of its own, since PHP's web server has children.
    const child = spawn(program, options, { env: this.env, detached: true, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.on("data", (text) => (this.said += text));
    this.#running.push(child);
    // Kill the process even if the Playwright worker ends before `stop` is called.
    process.once("exit", () => child.exitCode === null && child.signalCode === null && this.#kill(child));
  }

  /** What PHP and MariaDB wrote to their logs. */
  said = "";

  /** PHP's warnings and errors in the plugin's files. */
  complaints = () => this.said.split("\n").filter((line) => /PHP (Warning|Notice|Deprecated|Fatal|Parse)/.test(line) && line.includes("/plugins/find-a-time/"));

  /** Sends an order to WordPress; wordpress/tell.php lists the orders. @param {string} what @param {object} [more] @returns {Promise<any>} */
  tell(what, more = {}) {
    return new Promise((answered, failed) => {
      const child = execFile("php", [join(HERE, "tell.php")], { env: this.env }, (error, out) => {
        const line = out.trim().split("\n").at(-1) ?? "";
        if (error || !line) failed(new Error(`WordPress did not ${what}: ${error?.message ?? ""} ${out}`));
        else answered(JSON.parse(line));
      });
      child.stdin?.end(JSON.stringify({ do: what, ...more }));
    });
  }

  /** Publishes a page for each content. @param {string} title @param {string[]} contents @returns {Promise<string[]>} their addresses */
  pages = async (title, contents) => (await this.tell("pages", { title, contents })).map((id) => `${this.origin}/?page_id=${id}`);

  /** @param {string} title @param {string} content @returns {Promise<string>} */
  page = async (title, content) => (await this.pages(title, [content]))[0];

  /** Kills the process and its children. @param {import("node:child_process").ChildProcess} child */
  #kill(child) {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }

  async stop() {
    for (const child of this.#running) {
      if (child.exitCode !== null || child.pid === undefined) continue;
      const ended = new Promise((exit) => child.once("exit", exit));
      this.#kill(child);
      await ended;
    }
    await rm(this.home, { recursive: true, force: true });
  }
}
