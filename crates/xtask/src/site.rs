//! Builds the preview as a static site, `dist/preview/`. Any server can serve it, and its environment file can be edited.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bundle;
use crate::environment::Environment;
use crate::error::{TaskError, TaskResult};
use crate::project::Project;
use crate::stamp;

/// Builds the site; the standalone page comes from trunk's `staged` folder.
pub fn build(project: &Project, staged: &Path) -> TaskResult {
    let site = project.dist.join("preview");
    let source = project.root.join("preview");
    let parts = Parts::read(&source.join(PARTS))?;
    for file in stamp::files(&source)? {
        let name = file.strip_prefix(&source).unwrap_or(&file);
        if name.starts_with(PARTS) {
            continue;
        }
        match name.to_str().filter(|name| is_page(name)) {
            Some(page) => parts.put_into(&read(&file)?, page, &site)?,
            None => bundle::copy(&file, &site.join(name)).map(drop)?,
        }
    }
    parts.put_into(&without_trunk_links(&read(&staged.join("index.html"))?), "index.html", &site)?;
    stamp::write(&site.join("environment.json"), Environment::default().json().as_bytes())
}

/// The folder in `preview/` with the parts that several pages share.
const PARTS: &str = "parts";

fn is_page(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "html")
}

fn read(path: &Path) -> TaskResult<String> {
    fs::read_to_string(path).map_err(TaskError::file("read", path))
}

/// The parts that several pages share; each replaces `<!-- part: NAME -->` in a page.
struct Parts(Vec<(String, String)>);

impl Parts {
    fn read(folder: &Path) -> TaskResult<Self> {
        let files = stamp::files(folder)?;
        let part = |file: &PathBuf| {
            Ok((file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), read(file)?))
        };
        files.iter().map(part).collect::<TaskResult<_>>().map(Self)
    }

    fn put_into(&self, text: &str, page: &str, site: &Path) -> TaskResult {
        stamp::write(&site.join(page), self.whole(text, page)?.as_bytes())
    }

    /// A page with its parts; a link in a part to the page itself gets `aria-current`.
    fn whole(&self, text: &str, page: &str) -> TaskResult<String> {
        let mut whole = text.to_owned();
        for (name, part) in &self.0 {
            let own = format!("<a href=\"./{page}\" data-page");
            let part = part.replace(&own, &format!("{own} aria-current=\"page\""));
            whole = whole.replace(&format!("<!-- part: {name} -->"), part.trim());
        }
        match whole.contains("<!-- part:") {
            true => Err(TaskError::new(format!("{page} asks for a part that preview/{PARTS} does not have"))),
            false => Ok(whole),
        }
    }
}

/// Removes trunk's own links, which trunk leaves in a page if something else starts the wasm. Browsers do not need them.
fn without_trunk_links(page: &str) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find("<link data-trunk") {
        kept.push_str(rest[..at].trim_end_matches([' ', '\t']));
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_everything_but_trunks_links() {
        let page = "<head>\n  <link data-trunk rel=\"rust\" data-trunk-id=\"0\" />\n  <link rel=\"icon\" href=\"data:,\">\n</head>";
        assert_eq!(without_trunk_links(page), "<head>\n  <link rel=\"icon\" href=\"data:,\">\n</head>");
        assert_eq!(without_trunk_links("<head></head>"), "<head></head>");
    }

    #[test]
    fn a_page_has_its_parts_and_is_told_from_the_others_in_them() {
        let header = "<nav><a href=\"./a.html\" data-page>A</a><a href=\"./b.html\" data-page>B</a></nav>\n";
        let parts = Parts(vec![("header".to_owned(), header.to_owned())]);
        assert_eq!(
            parts.whole("<body>\n  <!-- part: header -->\n</body>", "b.html").unwrap(),
            "<body>\n  <nav><a href=\"./a.html\" data-page>A</a><a href=\"./b.html\" data-page aria-current=\"page\">B</a></nav>\n</body>"
        );
        assert!(parts.whole("<!-- part: foot -->", "a.html").unwrap_err().to_string().contains("a.html"));
    }
}
