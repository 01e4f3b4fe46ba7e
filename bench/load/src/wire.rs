//! A keep-alive HTTP/1.1 connection that costs next to nothing, since it shares the processor with what it measures.
//! Not a client for anything but our own server: no redirects, no encryption, no pipelining.

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An open connection; opened again by the caller when it breaks.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// Status and body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

enum Framing {
    Length(usize),
    Chunked,
}

impl Wire {
    pub(crate) async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a whole request and reads the whole answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head_end = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.read_more().await?;
        };
        let (status, framing) = read_head(self.buffer.get(..head_end).unwrap_or_default())?;
        match framing {
            Framing::Length(length) => {
                while self.buffer.len() < head_end + length {
                    self.read_more().await?;
                }
            }
            Framing::Chunked => {
                while !self.buffer.ends_with(b"\r\n0\r\n\r\n") {
                    self.read_more().await?;
                }
            }
        }
        Ok(Answer { status, body: self.buffer.get(head_end..).unwrap_or_default().to_vec() })
    }

    async fn read_more(&mut self) -> anyhow::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => bail!("the server closed the connection"),
            _ => Ok(()),
        }
    }
}

fn read_head(head: &[u8]) -> anyhow::Result<(u16, Framing)> {
    let head = std::str::from_utf8(head)?.to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).context("no status line")?;
    let header = |name: &str| head.lines().find_map(|it| it.strip_prefix(name)).map(str::trim);
    let framing = match (header("content-length:"), header("transfer-encoding:")) {
        (Some(length), _) => Framing::Length(length.parse()?),
        (None, Some("chunked")) => Framing::Chunked,
        (None, _) => Framing::Length(0),
    };
    Ok((status, framing))
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|it| it == needle)
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// A server that answers each read with the next of these.
    async fn answering(answers: Vec<&'static str>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            for answer in answers {
                let mut request = [0; 1024];
                let _ = stream.read(&mut request).await.unwrap();
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        address
    }

    #[tokio::test]
    async fn answers_follow_each_other_on_one_connection() {
        let address = answering(vec![
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        ]);
        let mut wire = Wire::open(&address.await).await.unwrap();
        let first = wire.exchange(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        assert_eq!((first.status, first.body.as_slice()), (200, b"ok".as_slice()));
        assert_eq!(wire.exchange(b"GET / HTTP/1.1\r\n\r\n").await.unwrap().status, 503);
        assert_eq!(wire.exchange(b"GET / HTTP/1.1\r\n\r\n").await.unwrap().status, 200);
        assert!(wire.exchange(b"GET / HTTP/1.1\r\n\r\n").await.is_err());
    }
}
