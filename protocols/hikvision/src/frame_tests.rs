use super::*;

fn shapes(content_type: Option<&str>, body: &[u8]) -> Vec<Shape> {
    parts(content_type, body).map(|it| it.shape()).collect()
}

const TYPE: Option<&str> = Some("multipart/form-data; boundary=MIME_boundary");
const PUSH: &str = "--MIME_boundary\nContent-Disposition: form-data; name=\"x\"\nContent-Type: application/json\n\n\
                    {\"a\":1}\n--MIME_boundary\nContent-Type: image/jpeg\n\npicture\n--MIME_boundary--\n";

#[test]
fn a_body_without_framing_is_one_part() {
    assert_eq!(shapes(None, b"{\"a\":1}"), [Shape::Json]);
    assert_eq!(shapes(Some("application/json"), b"\xef\xbb\xbf \r\n<a/>"), [Shape::Xml]);
    assert_eq!(shapes(TYPE, b"{\"a\":1}"), [Shape::Json]);
    assert_eq!(shapes(None, b""), [Shape::Other]);
}

#[test]
fn the_boundary_comes_from_the_type_or_from_the_first_line() {
    for content_type in [TYPE, None, Some("multipart/form-data"), Some("multipart/mixed; boundary=\"other\"")] {
        for body in [PUSH.to_owned(), PUSH.replace('\n', "\r\n"), format!("\r\n{PUSH}"), format!("\u{feff}{PUSH}")] {
            let shapes = shapes(content_type, body.as_bytes());
            assert_eq!(shapes, [Shape::Json, Shape::Picture, Shape::Other], "{content_type:?} {body:?}");
        }
    }
}

#[test]
fn a_quoted_boundary_and_one_that_has_the_dashes_in_it_are_found() {
    let quoted = "Multipart/Mixed; charset=UTF-8; Boundary=\"MIME_boundary\"";
    for content_type in [quoted, "multipart/form-data;boundary=--MIME_boundary"] {
        assert_eq!(shapes(Some(content_type), PUSH.as_bytes()).len(), 3, "{content_type}");
    }
}

#[test]
fn junk_before_the_first_boundary_is_passed_over() {
    let junk = "junk\n-- more junk\n".repeat(5_000);
    for content_type in [TYPE, None] {
        assert_eq!(shapes(content_type, format!("{junk}{PUSH}").as_bytes())[..2], [Shape::Json, Shape::Picture]);
    }
}

#[test]
fn stray_white_space_around_boundaries_and_headers_is_passed_over() {
    let body = "  --MIME_boundary  \r\n\r\nContent-Type: application/json\r\n \t\r\n\r\n {\"a\":1} \r\n\r\n--MIME_boundary-- \r\n";
    assert_eq!(shapes(TYPE, body.as_bytes())[0], Shape::Json);
    assert_eq!(shapes(None, body.as_bytes())[0], Shape::Json);
}

#[test]
fn a_missing_last_boundary_ends_the_part_with_the_body() {
    let body = PUSH.replace("\n--MIME_boundary--\n", "");
    let all: Vec<_> = parts(TYPE, body.as_bytes()).collect();
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].content, b"picture");
}

#[test]
fn a_part_without_headers_or_without_the_empty_line_is_read() {
    assert_eq!(shapes(TYPE, b"--MIME_boundary\n{\"a\":1}\n--MIME_boundary--")[0], Shape::Json);
    assert_eq!(
        shapes(TYPE, b"--MIME_boundary\nContent-Type: text/plain\n{\"a\":1}\n--MIME_boundary--")[0],
        Shape::Json
    );
}

#[test]
fn an_indented_boundary_behind_headers_is_no_header() {
    let body = b"--MIME_boundary\nContent-Type: text/plain\n --MIME_boundary\n\n{\"a\":1}\n--MIME_boundary--";
    assert_eq!(shapes(TYPE, body)[..2], [Shape::Other, Shape::Json]);
}

#[test]
fn the_content_decides_what_a_part_is() {
    let wrong = PUSH.replace("application/json", "image/jpeg").replace("image/jpeg\n\npicture", "text/x\n\n\u{0}");
    assert_eq!(shapes(TYPE, wrong.as_bytes())[..2], [Shape::Json, Shape::Other]);
    let undeclared = [&b"--MIME_boundary\n\n\xff\xd8\xff\xe0 picture\n--MIME_boundary--"[..]].concat();
    assert_eq!(shapes(TYPE, &undeclared)[0], Shape::Picture);
    assert_eq!(shapes(None, b"\x89PNG picture"), [Shape::Picture]);
}

#[test]
fn a_boundary_directly_behind_a_jpeg_is_seen() {
    let body = b"--b\nContent-Type: image/jpeg\n\n\xff\xd8\xff picture \xff\xd9--b--\n";
    let part = parts(Some("multipart/x-mixed-replace; boundary=b"), body).next().unwrap();
    assert_eq!(part.content, b"\xff\xd8\xff picture \xff\xd9");
    assert!(part.abuts);
}

#[test]
fn a_boundary_inside_a_line_or_longer_than_the_name_is_content() {
    let body = "--b\n\n{\"a\":\"--b\",\n\"c\":\n--bc\n}\n--b--";
    let part = parts(Some("x/y; boundary=b"), body.as_bytes()).next().unwrap();
    assert_eq!(part.content, b"{\"a\":\"--b\",\n\"c\":\n--bc\n}");
}

#[test]
fn a_stream_goes_on_behind_a_closing_boundary() {
    assert_eq!(shapes(None, format!("{PUSH}{PUSH}").as_bytes()).iter().filter(|it| **it == Shape::Json).count(), 2);
}
