use std::io::Write as _;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

/// Start of image, an application segment, start of frame, end of image.
fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8];
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend([1, 1, 0x11, 0, 0xff, 0xd9]);
    bytes
}

fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(b"\0\0\0\0IEND\xaeB`\x82");
    bytes
}

fn package_of(entries: &[(&str, usize)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&vec![b' '; *bytes]).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_file_is_what_its_bytes_say() {
    use AttachmentKind as K;
    let xlsx = [("[Content_Types].xml", 10), ("xl/workbook.xml", 10)];
    let docx = [("[Content_Types].xml", 10), ("word/document.xml", 10)];
    for (name, bytes, expected) in [
        ("方案.pdf", PDF.to_vec(), Ok(K::Pdf)),
        ("方案.PDF", PDF.to_vec(), Ok(K::Pdf)),
        ("方案.pdf", b"%PDF-1.4\n".to_vec(), Err(NotTaken::Kind)),
        ("页面.pdf", b"<!doctype html><script>1</script>".to_vec(), Err(NotTaken::Kind)),
        ("照片.jpg", PDF.to_vec(), Err(NotTaken::Name)),
        ("方案", PDF.to_vec(), Err(NotTaken::Name)),
        ("照片.jpeg", jpeg_of(640, 480), Ok(K::Jpeg)),
        ("照片.jpg", jpeg_of(60_000, 60_000), Err(NotTaken::Bomb)),
        ("照片.jpg", jpeg_of(0, 480), Err(NotTaken::Kind)),
        ("照片.jpg", vec![0xff, 0xd8, 0xff, 0xd9], Err(NotTaken::Kind)),
        ("图.png", png_of(640, 480), Ok(K::Png)),
        ("图.png", png_of(100_000, 100_000), Err(NotTaken::Bomb)),
        ("图.png", png_of(640, 480)[..40].to_vec(), Err(NotTaken::Kind)),
        ("名单.xlsx", package_of(&xlsx), Ok(K::Xlsx)),
        ("说明.docx", package_of(&docx), Ok(K::Docx)),
        ("名单.docx", package_of(&xlsx), Err(NotTaken::Name)),
        ("名单.xlsx", package_of(&[("a.txt", 10)]), Err(NotTaken::Kind)),
        ("名单.xlsx", package_of(&[xlsx[0], xlsx[1], ("xl/vbaProject.bin", 10)]), Err(NotTaken::Kind)),
        ("名单.xlsx", package_of(&[xlsx[0], xlsx[1], ("xl/a.xml", 50_000_000)]), Err(NotTaken::Bomb)),
        ("空.pdf", Vec::new(), Err(NotTaken::Kind)),
    ] {
        assert_eq!(kind_of(name, &bytes), expected, "{name} {}", bytes.len());
    }
}

proptest! {
    #[test]
    fn no_bytes_bring_it_down(head in 0_usize..4, rest in prop::collection::vec(any::<u8>(), 0..600)) {
        let heads: [&[u8]; 4] = [b"%PDF-1.7", &[0xff, 0xd8, 0xff], b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"];
        let _ = kind_of("a.pdf", &[heads[head], &rest].concat());
    }
}
