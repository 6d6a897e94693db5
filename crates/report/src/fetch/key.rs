//! The service key: read from a file or the environment, used for one header only.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bytes::Bytes;
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use crate::endpoint::SCHEME;
use crate::error::{ErrorKind, ReportError, ReportResult};

/// The environment variable with the key, used if no file is named.
const VARIABLE: &str = "DEXCARE_REPORT_KEY";

/// The largest key file, in bytes; no key is that long.
const LARGEST: u64 = 8 * 1024;

/// A key. Its memory is wiped when it is dropped, and it cannot be printed.
pub struct Key(Zeroizing<Vec<u8>>);

impl Key {
    /// Reads the key from the file, or, if no file is named, from the environment.
    pub fn load(file: Option<&Path>) -> ReportResult<Self> {
        let bytes = match file {
            Some(path) => from_file(path)?,
            None => {
                let value = std::env::var_os(VARIABLE).unwrap_or_default();
                Zeroizing::new(value.into_encoded_bytes())
            }
        };
        let key = bytes.trim_ascii();
        if key.is_empty() {
            let line = format!("there is no key: set {VARIABLE} or name a --key-file");
            return Err(ReportError::new(ErrorKind::NoKey, line));
        }
        if !key.iter().all(u8::is_ascii_graphic) {
            return Err(ReportError::new(ErrorKind::NoKey, "the key is not one line of plain characters"));
        }
        Ok(Self(Zeroizing::new(key.to_vec())))
    }

    /// The value of the `Authorization` header. All its clones share one buffer, which is wiped when the last
    /// clone is dropped.
    pub fn header(&self) -> ReportResult<HeaderValue> {
        let mut value = Zeroizing::new(Vec::with_capacity(SCHEME.len() + 1 + self.0.len()));
        value.extend_from_slice(SCHEME.as_bytes());
        value.push(b' ');
        value.extend_from_slice(&self.0);
        let header = HeaderValue::from_maybe_shared(Bytes::from_owner(value));
        let mut header =
            header.map_err(|_| ReportError::new(ErrorKind::NoKey, "the key does not fit a header"))?;
        header.set_sensitive(true);
        Ok(header)
    }

    /// Text from a server, with `[key]` in place of the key.
    pub fn strike(&self, text: &str) -> String {
        let key = std::str::from_utf8(&self.0).unwrap_or_default();
        if key.is_empty() { text.to_owned() } else { text.replace(key, "[key]") }
    }
}

fn from_file(path: &Path) -> ReportResult<Zeroizing<Vec<u8>>> {
    let key_file_error =
        |what: &str| ReportError::new(ErrorKind::KeyFile, format!("the key file {} {what}", path.display()));
    let unreadable = |error: std::io::Error| key_file_error(&format!("cannot be read: {error}"));
    let mut file = File::open(path).map_err(unreadable)?;
    if !is_private(&file).map_err(unreadable)? {
        return Err(key_file_error("is open to others than its owner; chmod 600 it"));
    }
    // Reserve the whole length at once: a buffer that grows leaves copies of the key in memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(LARGEST).unwrap_or_default() + 1));
    file.by_ref().take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(key_file_error(&format!("has more than {LARGEST} bytes, which is no key")));
    }
    Ok(bytes)
}

/// Whether group and others have no access. Checks the open file, so that nobody can replace it between check and read.
#[cfg(unix)]
fn is_private(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;

    const OTHERS: u32 = 0o077;

    Ok(file.metadata()?.permissions().mode() & OTHERS == 0)
}

/// Other systems have no mode that says who has access, so key files are rejected there: use the environment variable.
#[cfg(not(unix))]
fn is_private(_: &File) -> std::io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::Key;
    use zeroize::Zeroizing;

    #[test]
    fn the_header_hides_its_value_and_a_servers_echo_is_struck() {
        let key = Key(Zeroizing::new(b"canary-7".to_vec()));
        let header = key.header().expect("a header");
        assert_eq!(header.as_bytes(), b"dc-token canary-7");
        assert!(!format!("{header:?}").contains("canary"));
        assert_eq!(key.strike("bad token canary-7, canary-7"), "bad token [key], [key]");
    }
}
