//! Uploads and media over real connections: cut ones, hostile files, a full disk.

use crate::harness::{Answer, Editor, Server, add_account};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::{
    path::Path,
    time::{Duration, Instant},
};

const TUS: &str = "Tus-Resumable: 1.0.0\r\n";

/// A writer of a server without samples.
fn writer(server: &Server, folder: &Path) -> Editor {
    add_account(folder, "writer", "administrator");
    Editor::sign_in(&server.addr, "writer")
}

fn begin(editor: &Editor, name: &str, length: usize) -> Answer {
    let name = STANDARD.encode(name);
    editor.ask(
        "POST",
        "/api/uploads",
        &format!("{TUS}Upload-Length: {length}\r\nUpload-Metadata: filename {name}\r\n"),
        b"",
    )
}

fn part(offset: usize) -> String {
    format!("{TUS}Upload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\n")
}

fn offset(editor: &Editor, path: &str) -> usize {
    let answer = editor.ask("HEAD", path, TUS, b"");
    assert_eq!(answer.status, 200);
    answer.header("upload-offset").unwrap().parse().unwrap()
}

/// The record that the answer to the last part bears. Header values are lower-cased by the harness, base64 is not.
fn file_of(editor: &Editor, path: &str) -> Value {
    let mut bytes = Vec::new();
    let _ = std::io::Read::read_to_end(&mut editor.send("HEAD", path, TUS, 0, b""), &mut bytes);
    let head = String::from_utf8(bytes).unwrap();
    let line = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("fuxian-file").then_some(value)
    });
    serde_json::from_slice(&STANDARD.decode(line.expect("Fuxian-File")).unwrap()).unwrap()
}

fn address(file: &Value) -> String {
    format!("/media/{}", file["key"].as_str().unwrap())
}

fn direct(editor: &Editor, name: &str, bytes: &[u8]) -> Answer {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    editor.ask("POST", &format!("/api/upload?name={name}"), "Content-Type: application/octet-stream\r\n", bytes)
}

/// A file of a kind that is taken as it is, so long.
fn zip(length: usize) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.extend((0..length - 4).map(|n| (n * 31 % 251) as u8));
    bytes
}

#[test]
fn an_upload_that_is_cut_goes_on_where_it_was_also_after_a_restart_and_nothing_half_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    let mut editor = writer(&server, folder.path());
    let bytes = zip(9_000_000);
    let begun = begin(&editor, "公报.zip", bytes.len());
    assert_eq!(begun.status, 201, "{}", begun.body);
    let path = begun.header("location").unwrap().to_owned();
    assert!(begun.header("upload-expires").unwrap().ends_with("gmt"), "{}", begun.headers);
    assert_eq!(offset(&editor, &path), 0);
    // The connection breaks in the middle of a part.
    drop(editor.send("PATCH", &path, &part(0), bytes.len(), &bytes[..5_000_000]));
    let start = Instant::now();
    while offset(&editor, &path) < 5_000_000 {
        assert!(start.elapsed() < Duration::from_secs(20), "what came is kept: {}", offset(&editor, &path));
        std::thread::sleep(Duration::from_millis(50));
    }
    let listed = || editor.call("list_media", &json!({ "filter": {}, "mark": null }))["rows"].as_array().unwrap().len();
    assert_eq!(listed(), 0, "half a file is none");
    assert_eq!(server.stop(), Some(0));
    let server = Server::start(folder.path(), &["--empty"]);
    editor.addr.clone_from(&server.addr);
    let wrong = editor.ask("PATCH", &path, &part(0), &bytes[..10]);
    assert_eq!((wrong.status, wrong.body.as_str()), (409, r#"{"refused":"stale"}"#));
    let last = editor.ask("PATCH", &path, &part(5_000_000), &bytes[5_000_000..]);
    assert_eq!((last.status, last.header("upload-offset")), (204, Some("9000000")), "{}", last.body);
    assert!(last.header("fuxian-file").is_some() && last.header("tus-resumable") == Some("1.0.0"));
    let file = file_of(&editor, &path);
    assert_eq!((file["name"].as_str(), file["bytes"].as_u64()), (Some("公报.zip"), Some(9_000_000)));
    assert_eq!(server.get(&address(&file)).bytes, bytes);
    // An empty part at the end is answered like the last one.
    assert_eq!(editor.ask("PATCH", &path, &part(9_000_000), b"").status, 204);
    let listed = editor.call("list_media", &json!({ "filter": {}, "mark": null }));
    assert_eq!(listed["rows"].as_array().unwrap().len(), 1);
    assert_eq!(std::fs::read_dir(folder.path().join("data/media")).unwrap().count(), 1, "no part is left");
}

#[test]
fn the_protocol_is_followed_and_an_upload_is_its_owners() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    let editor = writer(&server, folder.path());
    let options = server.request("OPTIONS", "/api/uploads", "");
    assert_eq!((options.status, options.header("tus-version")), (204, Some("1.0.0")));
    assert_eq!(options.header("tus-extension"), Some("creation,expiration,termination"));
    assert_eq!(options.header("tus-max-size"), Some("536870912"));
    assert_eq!(editor.ask("POST", "/api/uploads", "Upload-Length: 5\r\n", b"").status, 412);
    assert_eq!(editor.ask("POST", "/api/uploads", TUS, b"").status, 400);
    let too_large = begin(&editor, "a.zip", 600_000_000);
    assert!(too_large.status == 413 && too_large.body.contains("too_long"), "{}", too_large.body);
    let path = begin(&editor, "a.zip", 100).header("location").unwrap().to_owned();
    let plain = format!("{TUS}Upload-Offset: 0\r\nContent-Type: text/plain\r\n");
    assert_eq!(editor.ask("PATCH", &path, &plain, b"PK").status, 415);
    let longer = editor.ask("PATCH", &path, &part(0), &zip(200));
    assert!(longer.status == 413 && offset(&editor, &path) == 0, "{}", longer.body);
    let nobody = Editor { addr: server.addr.clone(), cookie: String::new() };
    add_account(folder.path(), "other", "reporter");
    add_account(folder.path(), "reviewer", "reviewer");
    let (other, reviewer) = (Editor::sign_in(&server.addr, "other"), Editor::sign_in(&server.addr, "reviewer"));
    for (method, headers) in [("HEAD", TUS.to_owned()), ("PATCH", part(0)), ("DELETE", TUS.to_owned())] {
        assert_eq!(nobody.ask(method, &path, &headers, b"").status, 401, "{method}");
        assert_eq!(other.ask(method, &path, &headers, b"").status, 404, "{method}");
        assert_eq!(reviewer.ask(method, &path, &headers, b"").status, 403, "{method}");
        assert_eq!(editor.ask(method, "/api/uploads/0123", &headers, b"").status, 404, "{method}");
    }
    assert_eq!((begin(&nobody, "a", 1).status, begin(&reviewer, "a", 1).status), (401, 403));
    let foreign = format!("{}Sec-Fetch-Site: cross-site\r\nCookie: {}\r\n", part(0), editor.cookie);
    assert_eq!(server.request("PATCH", &path, &foreign).status, 403);
    assert_eq!(editor.ask("DELETE", &path, TUS, b"").status, 204);
    assert_eq!(editor.ask("HEAD", &path, TUS, b"").status, 404);
}

#[test]
fn parts_of_a_file_are_served_and_nothing_is_ever_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    let editor = writer(&server, folder.path());
    let bytes = [&b"\0\0\0\x18ftypisom"[..], &zip(1_000)].concat();
    let film: Value = serde_json::from_str(&direct(&editor, "影.mp4", &bytes).body).unwrap();
    let path = address(&film);
    let whole = server.get(&path);
    assert_eq!((whole.status, whole.bytes == bytes), (200, true));
    let etag = whole.header("etag").unwrap().to_owned();
    for (header, value) in [
        ("content-type", "video/mp4"),
        ("accept-ranges", "bytes"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "public, max-age=31536000, immutable"),
    ] {
        assert_eq!(whole.header(header), Some(value));
    }
    assert_eq!(whole.header("content-disposition"), None, "a film is shown");
    let part = server.request("GET", &path, "Range: bytes=4-7\r\nAccept-Encoding: br, gzip\r\n");
    assert_eq!((part.status, part.body.as_str()), (206, "ftyp"));
    assert_eq!(part.header("content-range"), Some(format!("bytes 4-7/{}", bytes.len()).as_str()));
    assert_eq!(part.header("content-length"), Some("4"));
    assert_eq!(server.request("GET", &path, "Range: bytes=-3\r\n").bytes, bytes[bytes.len() - 3..]);
    let outside = server.request("GET", &path, "Range: bytes=5000-\r\n");
    assert_eq!(
        (outside.status, outside.header("content-range")),
        (416, Some(format!("bytes */{}", bytes.len()).as_str()))
    );
    let other = server.request("GET", &path, "Range: bytes=0-0\r\nIf-Range: \"other\"\r\n");
    assert_eq!((other.status, other.bytes.len()), (200, bytes.len()));
    let head = server.request("HEAD", &path, "");
    let length = bytes.len().to_string();
    assert_eq!((head.status, head.header("content-length"), head.bytes.len()), (200, Some(length.as_str()), 0));
    let known = server.request("GET", &path, &format!("If-None-Match: {etag}\r\n"));
    assert_eq!((known.status, known.bytes.len()), (304, 0));
    let pdf: Value =
        serde_json::from_str(&direct(&editor, "a.html", b"%PDF-1.7 <html><script>alert(1)</script>").body).unwrap();
    let pdf = server.request("GET", &address(&pdf), "Accept-Encoding: br, gzip\r\n");
    assert_eq!((pdf.header("content-disposition"), pdf.header("content-encoding")), (Some("attachment"), None));
    assert_eq!(pdf.header("content-type"), Some("application/pdf"));
    let word = editor.ask("POST", "/api/upload?name=a.docx", "", b"PK\x03\x04..[Content_Types].xml");
    let word: Value = serde_json::from_str(&word.body).unwrap();
    assert_eq!(server.get(&address(&word)).header("content-type"), Some("application/octet-stream"));
    for missing in
        [path.replace(".mp4", "-480.webp"), path.replace(".mp4", ".html"), "/media/..%2ffuxian.db".to_owned()]
    {
        assert_eq!(server.get(&missing).status, 404, "{missing}");
    }
}

/// The most memory that the server has had, in megabytes; none where the system does not say.
fn peak(server: &Server) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? / 1024)
}

/// Waits until no picture waits for its widths.
fn until_made(editor: &Editor) {
    let start = Instant::now();
    loop {
        let page = editor.call("list_media", &json!({ "filter": {}, "mark": null }));
        if page["rows"].as_array().unwrap().iter().all(|row| row["making"] != "waiting") {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(120), "{page}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A PNG of so many pixels, all zero, with so many bytes each: a thousandth of what it becomes.
fn large_png(side: u32, colours: u8, bytes: usize) -> Vec<u8> {
    let line = 1 + side as usize * bytes;
    png(side, 8, colours, &miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; line * side as usize], 1))
}

fn png(side: u32, depth: u8, colours: u8, packed: &[u8]) -> Vec<u8> {
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let sum = crc32fast::hash(&[&name[..], body].concat());
        [&(body.len() as u32).to_be_bytes()[..], name, body, &sum.to_be_bytes()].concat()
    };
    let header = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[depth, colours, 0, 0, 0]].concat();
    let parts = [chunk(b"IHDR", &header), chunk(b"IDAT", packed), chunk(b"IEND", b"")].concat();
    [&[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a][..], &parts].concat()
}

/// A progressive JPEG of these sides and of one grey whose pixels are gone over so many times.
fn progressive(side: u16, scans: usize) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        out.extend([0xff, marker]);
        out.extend((body.len() as u16 + 2).to_be_bytes());
        out.extend(body);
    };
    segment(0xdb, &[&[0][..], &[1; 64]].concat());
    let size = [&[8][..], &side.to_be_bytes(), &side.to_be_bytes()].concat();
    segment(0xc2, &[&size[..], &[3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]].concat());
    let one_code = |class: u8, symbol: u8| [&[class, 1][..], &[0; 15], &[symbol]].concat();
    segment(0xc4, &one_code(0x00, 0));
    // That nothing comes for the next 16,384 squares and as many more as fourteen bits say.
    segment(0xc4, &one_code(0x10, 0xe0));
    segment(0xda, &[3, 1, 0, 2, 0, 3, 0, 0, 0, 0]);
    let squares = usize::from(side.div_ceil(8)).pow(2);
    out.extend(vec![0; squares * 3 / 2 / 8 + 1_000]);
    let mut bits = String::new();
    for _ in 0..=squares / 32_767 {
        bits.push_str("011111111111111");
    }
    let bytes: Vec<u8> = bits
        .as_bytes()
        .chunks(8)
        .flat_map(|eight| {
            let byte = u8::from_str_radix(&format!("{:1<8}", String::from_utf8_lossy(eight)), 2).unwrap();
            if byte == 0xff { vec![0xff, 0] } else { vec![byte] }
        })
        .collect();
    for _ in 0..scans {
        out.extend([0xff, 0xda, 0, 8, 1, 1, 0, 1, 1, 0]);
        out.extend(&bytes);
    }
    out.extend([0xff, 0xd9]);
    out
}

#[test]
fn hostile_files_are_refused_or_made_safe_in_little_memory_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    let editor = writer(&server, folder.path());
    let frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
    let gif = [&b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"[..], &frame.repeat(100_000), &[0x3b]].concat();
    let mut script = [&b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"[..], &frame, &[0x3b]].concat();
    script.extend(b"*/=1;<script>alert(1)</script>");
    let mut files: Vec<(String, Vec<u8>, bool)> = vec![
        ("炸弹.png".into(), png(30_000, 1, 0, &[0; 1000]), false),
        ("深.png".into(), png(7_000, 16, 6, &[0; 1000]), false),
        // The largest that are taken, from a few hundred kilobytes.
        ("大.png".into(), large_png(7_740, 6, 4), true),
        ("大.jpg".into(), progressive(7_740, 48), true),
        ("更大.jpg".into(), progressive(7_750, 1), false),
        ("frames.gif".into(), gif, false),
        ("脚本.gif".into(), script, true),
        ("../../a.pdf".into(), b"<!DOCTYPE html><script>".to_vec(), false),
        ("a\0.svg".into(), b"<svg onload=alert(1)>".to_vec(), false),
        ("x.zip".into(), b"%PDF-1.7 PK\x03\x04 <script>".to_vec(), true),
        ("a.heic".into(), b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), false),
        ("empty".into(), Vec::new(), false),
    ];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/uploads/hostile");
    match std::fs::read_to_string(corpus.join("expected.json")) {
        Ok(expected) => {
            for case in serde_json::from_str::<Vec<Value>>(&expected).unwrap() {
                let name = case["file"].as_str().unwrap().to_owned();
                let bytes = std::fs::read(corpus.join(&name)).unwrap();
                let taken = case["expect"].as_str().unwrap().starts_with("accept");
                files.push((name, bytes, taken));
            }
        }
        Err(_) => eprintln!("skipped: {} is not here", corpus.display()),
    }
    for (name, bytes, taken) in &files {
        let start = Instant::now();
        let answer = direct(&editor, name, bytes);
        assert!(start.elapsed() < Duration::from_secs(5), "{name}: {:?}", start.elapsed());
        assert_eq!(answer.status == 200, *taken, "{name}: {} {}", answer.status, answer.body);
        if !taken {
            assert!(answer.status == 422 && answer.body.contains("\"refused\""), "{name}: {}", answer.body);
            continue;
        }
        let file: Value = serde_json::from_str(&answer.body).unwrap();
        let served = server.get(&address(&file));
        assert!(!served.header("content-type").unwrap().contains("html"), "{name}");
        if served.header("content-type").unwrap().starts_with("image/") {
            assert!(!served.body.contains("script"), "{name}");
        }
        let shown = file["name"].as_str().unwrap();
        assert!(!shown.contains(['/', '\\', '\0']), "{shown}");
        if name.starts_with("名字") {
            assert_eq!(shown, name);
        }
    }
    let start = Instant::now();
    until_made(&editor);
    eprintln!("all widths after {:.1} s, peak {:?} MB", start.elapsed().as_secs_f64(), peak(&server));
    match peak(&server) {
        Some(megabytes) => assert!(megabytes < 512, "{megabytes} MB"),
        None => eprintln!("skipped: the system does not say how much memory the server has had"),
    }
}

#[test]
fn photographs_of_the_corpus_are_served_upright_and_without_their_place() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/uploads/exif");
    let Ok(entries) = std::fs::read_dir(&corpus) else {
        eprintln!("skipped: {} is not here", corpus.display());
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    let editor = writer(&server, folder.path());
    for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "jpg")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let answer = direct(&editor, &name, &std::fs::read(&path).unwrap());
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    until_made(&editor);
    let page = editor.call("list_media", &json!({ "filter": {}, "mark": null }));
    for row in page["rows"].as_array().unwrap() {
        let file = &row["file"];
        assert_eq!(row["making"], "done", "{row}");
        let (width, height) = (file["width"].as_u64().unwrap(), file["height"].as_u64().unwrap());
        assert_eq!(height > width, file["name"].as_str().unwrap().starts_with("portrait"), "{row}");
        let hash = file["key"].as_str().unwrap().split('.').next().unwrap();
        let widths = file["widths"].as_array().unwrap().iter().map(|width| format!("/media/{hash}-{width}.webp"));
        for path in widths.chain([address(file)]) {
            let served = server.get(&path);
            assert_eq!(served.status, 200, "{path}");
            assert!(!["GPS", "NIKON", "Canon", "xmp"].iter().any(|word| served.body.contains(word)), "{path}");
        }
    }
}

#[test]
fn a_full_disk_is_said_in_words_and_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    // The database is made with room, or it would be what fails.
    assert_eq!(Server::start(folder.path(), &["--empty"]).stop(), Some(0));
    add_account(folder.path(), "writer", "administrator");
    let server = Server::start_on_a_small_disk(folder.path(), 3_000);
    let mut editor = Editor::sign_in(&server.addr, "writer");
    let bytes = zip(6_000_000);
    let answer = direct(&editor, "a.zip", &bytes);
    assert_eq!((answer.status, answer.body.as_str()), (507, r#"{"refused":"no_room"}"#));
    let path = begin(&editor, "a.zip", bytes.len()).header("location").unwrap().to_owned();
    let answer = editor.ask("PATCH", &path, &part(0), &bytes);
    assert_eq!((answer.status, answer.body.as_str()), (507, r#"{"refused":"no_room"}"#));
    assert_eq!(offset(&editor, &path), 0);
    let left = || walk(&folder.path().join("data/media"));
    assert_eq!(left(), [""; 0], "nothing half-written");
    assert_eq!(server.get("/").status, 200, "readers do not notice");
    assert_eq!(server.stop(), Some(0));
    let server = Server::start(folder.path(), &["--empty"]);
    editor.addr.clone_from(&server.addr);
    let answer = editor.ask("PATCH", &path, &part(0), &bytes);
    assert_eq!(answer.status, 204, "with room again it goes on: {}", answer.body);
    assert_eq!(left().len(), 1);
}

/// The files below a folder.
fn walk(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(walk(&entry.path()));
        } else {
            found.push(entry.path().display().to_string());
        }
    }
    found
}
