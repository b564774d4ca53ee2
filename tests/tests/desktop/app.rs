//! The program under test: its window by WebDriver, its screen by X11.

use std::{
    ffi::OsString,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use alobar_e2e::desktop::{Child, Desktop};
use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// Only catches a hang; a call through the lab needs a few seconds on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// The running desktop program. Dropping it ends the program with its driver and its desktop.
pub(crate) struct App {
    client: Client,
    _driver: Child,
    desktop: Desktop,
}

impl App {
    /// Starts the program on `desktop` with `environment` added, and waits for its first page.
    pub(crate) async fn start(desktop: Desktop, environment: &[(&str, OsString)]) -> Result<App> {
        let port = free_port()?;
        let driver = Child::spawn(
            desktop
                .command("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("ALOBAR_DATA_DIR", desktop.home().join("alobar"))
                .envs(environment.iter().map(|(name, value)| (name, value)))
                .stdout(Stdio::null()),
            "WebKitWebDriver",
        )?;
        let client = connect(port).await?;
        let app = App {
            client,
            _driver: driver,
            desktop,
        };
        app.enter("callbar").await?;
        Ok(app)
    }

    pub(crate) fn desktop(&self) -> &Desktop {
        &self.desktop
    }

    /// Turns to the window whose page is `index.html?w=<window>`, waiting until it is there.
    pub(crate) async fn enter(&self, window: &str) -> Result<()> {
        let wanted = format!("w={window}");
        let search = async {
            loop {
                for handle in self.client.windows().await? {
                    self.client.switch_to_window(handle).await?;
                    if self.client.current_url().await?.query() == Some(&*wanted) {
                        return anyhow::Ok(());
                    }
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, search)
            .await
            .with_context(|| format!("Window {window}"))?
    }

    /// The first element that matches, waiting until there is one.
    pub(crate) async fn find(&self, xpath: &str) -> Result<Element> {
        let wait = self.client.wait().at_most(PATIENCE);
        wait.for_element(Locator::XPath(xpath))
            .await
            .with_context(|| format!("Find {xpath}"))
    }

    /// Waits until the page shows this text.
    pub(crate) async fn sees(&self, text: &str) -> Result<()> {
        self.find(&format!("//*[text()[contains(., '{text}')]]"))
            .await
            .map(drop)
    }

    /// Clicks the button with this name, once: CB-23, one click must do.
    pub(crate) async fn press(&self, name: &str) -> Result<()> {
        let button = format!(
            "//button[not(@disabled)][normalize-space(.)='{name}' or @aria-label='{name}']"
        );
        Ok(self.find(&button).await?.click().await?)
    }

    /// Types into the field with this label, in place of what is there.
    pub(crate) async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.field(label).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    pub(crate) async fn field(&self, label: &str) -> Result<Element> {
        self.find(&format!(
            "//input[@aria-label='{label}' or @id=//label[contains(., '{label}')]/@for \
             or ancestor::label[contains(., '{label}')]]"
        ))
        .await
    }

    /// Calls a command of the program from the present window; `Err` is its refusal.
    pub(crate) async fn invoke(
        &self,
        command: &str,
        arguments: Value,
    ) -> Result<std::result::Result<Value, Value>> {
        const SCRIPT: &str = "const [command, given, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, given)
                .then((ok) => done({ ok }), (error) => done({ error: error ?? 'refused' }));";
        let mut answer = self
            .client
            .execute_async(SCRIPT, vec![json!(command), arguments])
            .await?;
        Ok(match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["ok"].take()),
        })
    }

    /// What a line of JavaScript in the present window comes to.
    pub(crate) async fn evaluate(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Saves the screen as `target/screenshots/<name>.png`, for people to look at.
    pub(crate) fn screenshot(&self, name: &str) -> Result<()> {
        let target = target_folder()?;
        let folder = target.parent().context("The folder above the profile's")?;
        self.desktop
            .screenshot(&folder.join("screenshots").join(format!("{name}.png")))
    }
}

async fn connect(port: u16) -> Result<Client> {
    let program = program()?;
    let options = json!({ "webkitgtk:browserOptions": { "binary": program, "args": [] } });
    let Value::Object(capabilities) = options else {
        bail!("capabilities are an object")
    };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    let url = format!("http://127.0.0.1:{port}");
    let started = Instant::now();
    loop {
        match builder.connect(&url).await {
            Ok(client) => return Ok(client),
            // At first the driver does not listen yet.
            Err(error) if started.elapsed() > PATIENCE => {
                return Err(error).context("Open a WebDriver session");
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The program beside the tests, unless `ALOBAR_DESKTOP` names another.
pub(crate) fn program() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("ALOBAR_DESKTOP") {
        return Ok(path.into());
    }
    let program = target_folder()?.join("alobar-desktop");
    if !program.is_file() {
        bail!("alobar-desktop is not built: cargo build -p alobar-desktop");
    }
    Ok(program)
}

/// `target/<profile>`, two above the test's own `deps/desktop-…`.
fn target_folder() -> Result<PathBuf> {
    let test = std::env::current_exe()?;
    test.ancestors()
        .nth(2)
        .map(Path::to_owned)
        .context("The target folder")
}
