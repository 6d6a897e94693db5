//! Makes a bundle into a release: adds the hashes of its files, compressed copies for servers that send such files, the bill of
//! materials, the archive and the npm package. The same sources give the same bytes in every clone.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha384};

use crate::bundle::{clear, copy};
use crate::error::{TaskError, TaskResult};
use crate::notices::{self, NOTICES};
use crate::npm;
use crate::project::{Project, VERSION, release_name};
use crate::sbom::{self, SBOM};
use crate::stamp::{self, Stamp};
use crate::step;

/// The file with the hash of each file, for pages that pin the script.
pub const INTEGRITY: &str = "integrity.json";
type Compress = fn(&[u8]) -> std::io::Result<Vec<u8>>;

/// The compressed copies: their endings, and the functions that make them.
const TWINS: [(&str, Compress); 2] = [("gz", gzip), ("br", brotli)];

/// The hash of a file, in the form of an `integrity` attribute.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// A file of the release, and its name there with slashes on every system.
pub struct Released {
    /// Such as `locales/es.txt`.
    pub name: String,
    /// The file's path.
    pub path: PathBuf,
}

/// The files that a page may load, and `integrity.json`, sorted by name: the release without compressed copies, bill of
/// materials and notices.
pub fn files(project: &Project) -> TaskResult<Vec<Released>> {
    let all = stamp::files(&project.release)?.into_iter().map(|path| {
        let name = path.strip_prefix(&project.release).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        Released { name, path }
    });
    let is_twin =
        |path: &Path| path.extension().is_some_and(|it| TWINS.iter().any(|(ending, _)| it == *ending));
    Ok(all.filter(|file| !is_twin(&file.path) && ![SBOM, NOTICES].contains(&file.name.as_str())).collect())
}

/// The path of a file's compressed copy.
pub fn twin(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// The hash of each file that is already in the release, by its name.
pub fn hashes(project: &Project) -> TaskResult<Map<String, Value>> {
    let mut hashes = Map::new();
    for Released { name, path } in files(project)? {
        let bytes = fs::read(&path).map_err(TaskError::file("read", &path))?;
        hashes.insert(name, integrity(&bytes).into());
    }
    Ok(hashes)
}

/// Writes the release's `integrity.json`, and copies its files beside the release, under addresses without a version.
pub fn describe(project: &Project) -> TaskResult {
    let text = format!("{:#}\n", json!({ "version": VERSION, "files": hashes(project)? }));
    stamp::write(&project.release.join(INTEGRITY), text.as_bytes())?;
    for Released { name, path } in files(project)? {
        copy(&path, &project.dist.join(name))?;
    }
    Ok(())
}

/// The path of the release's archive.
pub fn archive(project: &Project) -> PathBuf {
    project.dist.join(format!("{}.tar.gz", release_name()))
}

/// Makes a bundle into a release, unless it is up to date.
pub fn finish(project: &Project) -> TaskResult {
    let _alone = project.alone()?;
    let mut released = files(project)?;
    // Make the bill of materials each time: the crates may change while the files stay the same.
    let bill = sbom::text(project, &released)?;
    let inputs = released.iter().map(|file| file.path.clone());
    let inputs =
        inputs.chain(npm::sources(project)).chain(npm::makers(project)).chain([notices::path(project)]);
    let stamp = Stamp::of(project.stamp("release"), &inputs.collect::<Vec<_>>(), &[VERSION, &bill].concat())?
        .minding(&[
            project.release.clone(),
            archive(project),
            project.dist.join("npm"),
            npm::tarball(project),
        ]);
    if stamp.is_fresh() {
        step::say("dist/: the release is up to date");
        return Ok(());
    }
    step::say("dist/: compressing, archives");
    for file in released.iter().filter(|file| file.name != INTEGRITY) {
        let bytes = fs::read(&file.path).map_err(TaskError::file("read", &file.path))?;
        for (ending, compress) in TWINS {
            let path = twin(&file.path, ending);
            stamp::write(&path, &compress(&bytes).map_err(TaskError::file("compress", &path))?)?;
        }
    }
    let path = project.release.join(SBOM);
    stamp::write(&path, bill.as_bytes())?;
    released.push(Released { name: SBOM.to_owned(), path });
    let path = project.release.join(NOTICES);
    copy(&notices::path(project), &path)?;
    released.push(Released { name: NOTICES.to_owned(), path });
    let mut packed = stamp::files(&project.release)?;
    packed.extend(npm::licences(project));
    let tar = tar(&packed, &project.release, &release_name()).and_then(|tar| gzip(&tar));
    let path = archive(project);
    stamp::write(&path, &tar.map_err(TaskError::file("write", &path))?)?;
    clear(&project.dist.join("npm"))?;
    npm::assemble(project, &released)?;
    npm::pack(project)?;
    stamp.keep()
}

/// Compresses with gzip, level 9, without a time in the header.
fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    gzip.finish()
}

/// Compresses with brotli, quality 11.
fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut brotli = Vec::new();
    brotli::CompressorReader::new(bytes, 1 << 16, 11, 22).read_to_end(&mut brotli)?;
    Ok(brotli)
}

/// A tar archive with all files in the folder `name`: those of `folder` with their paths, others at the top. Owner and time are
/// the same for all.
fn tar(files: &[PathBuf], folder: &Path, name: &str) -> std::io::Result<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    for file in files {
        let bytes = fs::read(file)?;
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        let own =
            file.strip_prefix(folder).unwrap_or_else(|_| Path::new(file.file_name().unwrap_or_default()));
        let path = Path::new(name).join(own);
        tar.append_data(&mut header, path, bytes.as_slice())?;
    }
    tar.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-release-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn integrity_is_what_a_browser_computes() {
        // SHA-384 of the empty input, as in NIST's test vectors.
        assert_eq!(integrity(b""), "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }

    #[test]
    fn a_twin_has_the_whole_name_before_its_ending() {
        assert_eq!(twin(Path::new("a/find-a-time.js"), "br"), Path::new("a/find-a-time.js.br"));
    }

    #[test]
    fn what_is_compressed_comes_out_the_same_each_time_and_whole() {
        let text = "find a time ".repeat(100);
        let (gzip, brotli) = (gzip(text.as_bytes()).unwrap(), brotli(text.as_bytes()).unwrap());
        assert!(gzip.len() < 100 && brotli.len() < gzip.len());
        let mut back = String::new();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        back.clear();
        brotli::Decompressor::new(brotli.as_slice(), 4096).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        assert_eq!(super::gzip(text.as_bytes()).unwrap(), gzip);
    }

    #[test]
    fn an_archive_is_the_same_whenever_and_wherever_it_is_made() {
        let (one, other) = (folder("one"), folder("other"));
        for place in [&one, &other] {
            stamp::write(&place.join("find-a-time.js"), b"script").unwrap();
            stamp::write(&place.join("locales/es.txt"), b"{}").unwrap();
        }
        let later = fs::File::options().write(true).open(other.join("find-a-time.js")).unwrap();
        later.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        let pack = |place: &Path| tar(&stamp::files(place).unwrap(), place, "find-a-time-1.2.3").unwrap();
        let archive = pack(&one);
        assert_eq!(archive, pack(&other));
        let mut archive = tar::Archive::new(archive.as_slice());
        let names: Vec<_> = archive
            .entries()
            .unwrap()
            .map(|entry| entry.unwrap().path().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["find-a-time-1.2.3/find-a-time.js", "find-a-time-1.2.3/locales/es.txt"]);
        fs::remove_dir_all(&one).unwrap();
        fs::remove_dir_all(&other).unwrap();
    }
}
