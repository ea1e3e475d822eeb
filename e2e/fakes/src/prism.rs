//! Prism, a proxy that holds requests and answers against an OpenAPI document: whatever passes between a client and a
//! server and is not as documented, it reports. For tests alone; it comes with the packages of the browser journeys.
//!
//! Contabo's document is not part of the project. Where it lies beside it, or where `MAINSTAY_CONTABO_OPENAPI` says,
//! tests use it.

use std::env;
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::sync::mpsc;

/// Reading a document of almost a megabyte takes it a while.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is needed to start one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prerequisites {
    program: PathBuf,
    document: PathBuf,
}

impl Prerequisites {
    /// Looks for the program and for Contabo's document. The error says in a sentence what is missing.
    pub fn for_contabo() -> Result<Self, String> {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let document = match env::var_os("MAINSTAY_CONTABO_OPENAPI") {
            Some(named) => PathBuf::from(named),
            None => project.join("../shared/facts/contabo-openapi.json"),
        };
        if !document.is_file() {
            return Err(
                "Contabo's OpenAPI document is not beside the project; MAINSTAY_CONTABO_OPENAPI may name it".to_owned(),
            );
        }
        let program = project.join("e2e/node_modules/.bin/prism");
        if !program.exists() {
            return Err("Prism is not installed; `make e2e/node_modules` does it".to_owned());
        }
        Ok(Self { program, document })
    }
}

/// A running proxy, until it is dropped.
#[derive(Debug)]
pub struct Prism {
    child: Child,
    address: SocketAddr,
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Prism {
    /// Starts one in front of a server, such as `http://127.0.0.1:4000`, and returns when it listens. It answers
    /// violations itself: see [`violations`]. Refusals are violations to it, too, since the document knows almost none.
    pub async fn start(needs: &Prerequisites, server: &str) -> io::Result<Self> {
        // Taken and given back: there is no way to ask Prism which port it took.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tools.sh");
        let mut child = Command::new("bash")
            // The tools know where a Node is that is new enough.
            .args(["-c", "source \"$1\" && shift && exec \"$@\"", "prism"])
            .arg(tools)
            .arg(&needs.program)
            .args([
                "proxy",
                "--errors",
                "--host",
                "127.0.0.1",
                "--port",
                &address.port().to_string(),
            ])
            .arg(&needs.document)
            .arg(server)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take();
        let prism = Self { child, address };
        let (says, mut said) = mpsc::unbounded_channel();
        // What it says must be read to the end, or it stops when the pipe is full.
        std::thread::spawn(move || {
            for line in output.into_iter().flat_map(|output| BufReader::new(output).lines()) {
                let Ok(line) = line else { return };
                let _ = says.send(line);
            }
        });
        let listens = async {
            while let Some(line) = said.recv().await {
                if line.contains("listening") {
                    return true;
                }
            }
            false
        };
        match tokio::time::timeout(PATIENCE, listens).await {
            Ok(true) => Ok(prism),
            Ok(false) => Err(io::Error::other("Prism ended before it listened")),
            Err(_) => Err(io::Error::other("Prism does not listen in time")),
        }
    }

    /// The beginning of its addresses, without a slash at the end.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// What an answer says that Prism found wrong, a sentence each; none if the answer is not Prism's.
pub fn violations(body: &serde_json::Value) -> Vec<String> {
    let is_prisms = body["type"].as_str().is_some_and(|kind| kind.contains("prism"));
    if !is_prisms {
        return Vec::new();
    }
    let describe = |violation: &serde_json::Value| {
        let place = violation["location"].as_array().into_iter().flatten();
        let place: Vec<String> = place
            .map(|piece| piece.as_str().unwrap_or_default().to_owned())
            .collect();
        format!(
            "{}: {}",
            place.join("."),
            violation["message"].as_str().unwrap_or_default()
        )
    };
    let all: Vec<String> = body["validation"]
        .as_array()
        .into_iter()
        .flatten()
        .map(describe)
        .collect();
    if all.is_empty() {
        return vec![format!("{} {}", body["title"], body["detail"])];
    }
    all
}
