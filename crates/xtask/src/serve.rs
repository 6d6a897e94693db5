//! A small static server for `dist/`, with correct media types and no caching. It serves nothing outside of the folder.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use tiny_http::{Header, Method, Request, Response, Server};

use crate::error::{TaskError, TaskResult};

/// Number of threads that answer requests: a page loads a dozen files at once.
const WORKERS: usize = 4;

/// How the server answers a path.
#[derive(Debug, PartialEq, Eq)]
enum Route {
    File(PathBuf),
    /// A redirect: from a folder's path without a slash at its end to the path with one, or from the root to the
    /// preview.
    Elsewhere(String),
    /// The environment file of this run.
    Environment,
    Missing,
}

/// Serves `folder` on `address` until the process ends, with `environment` in place of the preview's file.
pub fn start(folder: &Path, address: SocketAddr, environment: String) -> TaskResult {
    let folder = folder.canonicalize().map_err(TaskError::file("find", folder))?;
    let server = Server::http(address)
        .map_err(|error| TaskError::new(format!("cannot listen on {address}: {error}")))?;
    let shared = Arc::new((server, folder, environment));
    for _ in 0..WORKERS {
        let shared = Arc::clone(&shared);
        thread::spawn(move || {
            let (server, folder, environment) = &*shared;
            while let Ok(request) = server.recv() {
                answer(request, folder, environment);
            }
        });
    }
    Ok(())
}

fn answer(request: Request, folder: &Path, environment: &str) {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return send(request, 405, "text/plain; charset=utf-8", b"only GET and HEAD\n".to_vec(), None);
    }
    match route(folder, request.url()) {
        Route::File(file) => match fs::read(&file) {
            Ok(bytes) => send(request, 200, mime(&file), bytes, None),
            Err(_) => send(request, 404, "text/plain; charset=utf-8", b"cannot be read\n".to_vec(), None),
        },
        Route::Environment => send(request, 200, "application/json", environment.as_bytes().to_vec(), None),
        Route::Elsewhere(place) => send(request, 302, "text/plain; charset=utf-8", Vec::new(), Some(&place)),
        Route::Missing => send(request, 404, "text/plain; charset=utf-8", b"not found\n".to_vec(), None),
    }
}

fn send(request: Request, status: u16, kind: &str, body: Vec<u8>, location: Option<&str>) {
    let mut response = Response::from_data(body).with_status_code(status);
    let headers = [
        ("Content-Type", kind),
        ("Cache-Control", "no-cache"),
        ("X-Content-Type-Options", "nosniff"),
        // The bundle is public, and host pages on other ports may load it.
        ("Access-Control-Allow-Origin", "*"),
    ];
    for (name, value) in headers.into_iter().chain(location.map(|place| ("Location", place))) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // Fails only if the browser has closed the connection.
    let _ = request.respond(response);
}

fn route(folder: &Path, url: &str) -> Route {
    let (path, query) = url.split_once('?').map_or((url, ""), |(path, query)| (path, query));
    if path == "/" {
        return Route::Elsewhere("/preview/".to_owned());
    }
    if path == "/preview/environment.json" {
        return Route::Environment;
    }
    let Some(file) = inside(folder, path) else { return Route::Missing };
    if !file.is_dir() {
        return if file.is_file() { Route::File(file) } else { Route::Missing };
    }
    if !path.ends_with('/') {
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        return Route::Elsewhere(format!("{path}/{query}"));
    }
    let index = file.join("index.html");
    if index.is_file() { Route::File(index) } else { Route::Missing }
}

/// The file that `path` names, if it is below `folder` (a canonical path) once all escapes and symbolic links are resolved.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = unescaped(path.strip_prefix('/')?)?;
    let plain = |part: &str| part != ".." && !part.contains(['\\', ':', '\0']);
    if !path.split('/').all(plain) || path.starts_with('/') {
        return None;
    }
    let file = folder.join(path).canonicalize().ok()?;
    file.starts_with(folder).then_some(file)
}

/// Text with its `%XX` escapes resolved; `None` if an escape is invalid, or the result is not UTF-8.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The media type by the file's ending. Browsers compile wasm while it downloads only with its own type, and run modules only
/// with JavaScript's.
fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::write;

    /// A folder `site` with a page, and beside it a file that the server must never send.
    fn site(name: &str) -> PathBuf {
        let home = std::env::temp_dir().join(format!("xtask-serve-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&home);
        write(&home.join("secret.txt"), b"no").unwrap();
        write(&home.join("site/find-a-time.wasm"), b"wasm").unwrap();
        write(&home.join("site/preview/index.html"), b"page").unwrap();
        write(&home.join("site/preview/art/a b.svg"), b"art").unwrap();
        home.join("site").canonicalize().unwrap()
    }

    #[test]
    fn addresses_lead_to_files_and_folders_to_their_page() {
        let site = site("route");
        assert_eq!(route(&site, "/"), Route::Elsewhere("/preview/".to_owned()));
        assert_eq!(route(&site, "/find-a-time.wasm"), Route::File(site.join("find-a-time.wasm")));
        assert_eq!(route(&site, "/preview/"), Route::File(site.join("preview/index.html")));
        assert_eq!(route(&site, "/preview/?lang=es"), Route::File(site.join("preview/index.html")));
        assert_eq!(route(&site, "/preview?lang=es"), Route::Elsewhere("/preview/?lang=es".to_owned()));
        assert_eq!(route(&site, "/preview/art/a%20b.svg"), Route::File(site.join("preview/art/a b.svg")));
        assert_eq!(route(&site, "/preview/art/"), Route::Missing);
        assert_eq!(route(&site, "/preview/none.html"), Route::Missing);
        assert_eq!(route(&site, "/preview/environment.json?x"), Route::Environment);
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let site = site("traversal");
        for url in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/preview/../../secret.txt",
            "/preview/..%2f..%2fsecret.txt",
            "/..\\secret.txt",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/%00",
            "/%zz",
            "/%2",
            "secret.txt",
        ] {
            assert_eq!(route(&site, url), Route::Missing, "{url}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out_of_the_folder_either() {
        let site = site("link");
        std::os::unix::fs::symlink(site.join("../secret.txt"), site.join("link.txt")).unwrap();
        assert_eq!(route(&site, "/link.txt"), Route::Missing);
    }

    #[test]
    fn a_browser_gets_the_types_it_insists_on() {
        assert_eq!(mime(Path::new("find-a-time.wasm")), "application/wasm");
        assert_eq!(mime(Path::new("find-a-time.js")), "text/javascript; charset=utf-8");
        assert_eq!(mime(Path::new("a/find-a-time.css")), "text/css; charset=utf-8");
        assert_eq!(mime(Path::new("LICENSE")), "application/octet-stream");
    }
}
