//! The program under test: its window by WebDriver, its screen by X11.

use std::{
    ffi::OsString,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use alobar_e2e::desktop::{Child, Desktop, Window};
use anyhow::{Context, Result, bail, ensure};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// The titles of the four windows, as the window manager has them.
pub(crate) const CALLBAR: &str = "Alobar";
pub(crate) const RING: &str = "Alobar · Cuộc gọi đến";
pub(crate) const POPUP: &str = "Alobar · Cuộc gọi";
pub(crate) const WORKSPACE: &str = "Alobar · Bảng làm việc";

/// Only catches a hang; a call through the lab needs a few seconds on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

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

    /// Closes the callbar as a person does, which quits the program.
    pub(crate) fn close_callbar(&self) -> Result<()> {
        self.desktop.window(CALLBAR)?.activate()?;
        self.desktop.press_keys(&["alt+F4"])
    }

    /// Lets go of a program that has ended; its desktop stays.
    pub(crate) fn leave(self) -> Desktop {
        self.desktop
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
            "//*[self::input or self::textarea][@aria-label='{label}' \
             or @id=//label[contains(., '{label}')]/@for \
             or ancestor::label[contains(., '{label}')]]"
        ))
        .await
    }

    /// Waits until the field with this label holds this text.
    pub(crate) async fn field_holds(&self, label: &str, text: &str) -> Result<()> {
        let mut value = None;
        let search = async {
            while value.as_deref() != Some(text) {
                tokio::time::sleep(Duration::from_millis(50)).await;
                value = self.field(label).await?.prop("value").await?;
            }
            anyhow::Ok(())
        };
        match tokio::time::timeout(PATIENCE, search).await {
            Ok(found) => found,
            Err(_) => bail!("{label}: {value:?} instead of {text:?}"),
        }
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

    /// The phone, once it is so.
    pub(crate) async fn phone_is(
        &self,
        what: &str,
        is_so: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        self.view_is("phone_view", what, is_so).await
    }

    pub(crate) async fn view_is(
        &self,
        command: &str,
        what: &str,
        is_so: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        let mut view = Value::Null;
        let search = async {
            loop {
                let answer = self.invoke(command, json!({})).await?;
                view = answer.ok().context("The view")?;
                if is_so(&view) {
                    return anyhow::Ok(());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        match tokio::time::timeout(PATIENCE, search).await {
            Ok(found) => found.map(|()| view),
            Err(_) => bail!("{what}: not so, but {view:#}\n{}", self.log()?),
        }
    }

    /// Waits until the phone has these calls, each in this phase.
    pub(crate) async fn calls_are(&self, wanted: &[&str]) -> Result<Value> {
        let what = format!("calls {wanted:?}");
        self.phone_is(&what, |view| phases(view).eq(wanted.iter().copied()))
            .await
    }

    /// Clicks a button of the present window as a hand does, whoever has the focus.
    pub(crate) async fn click(&self, window: &Window<'_>, button: &str) -> Result<()> {
        self.click_at(
            window,
            &format!("//button[normalize-space(.)='{button}' or @aria-label='{button}']"),
        )
        .await
    }

    /// The same with whatever matches.
    pub(crate) async fn click_at(&self, window: &Window<'_>, xpath: &str) -> Result<()> {
        let (x, y, width, height) = self.find(xpath).await?.rectangle().await?;
        window.click((x + width / 2.0) as i32, (y + height / 2.0) as i32)
    }

    /// Whether the keyboard is at an element of the present window that matches.
    pub(crate) async fn is_focused(&self, xpath: &str) -> Result<bool> {
        let script = "return document.evaluate(arguments[0], document, null, 9)
            .singleNodeValue === document.activeElement";
        let found = self.client.execute(script, vec![json!(xpath)]).await?;
        Ok(found == json!(true))
    }

    /// Waits until the settings are so.
    pub(crate) async fn settings_are(
        &self,
        what: &str,
        is_so: impl Fn(&Value) -> bool,
    ) -> Result<()> {
        self.view_is("settings_view", what, is_so).await.map(drop)
    }

    /// Waits for a question, until a press counts: one that was on its way when the question came
    /// was not meant for it.
    pub(crate) async fn is_asked(&self, question: &str) -> Result<()> {
        const DEAF: Duration = Duration::from_millis(600);
        self.sees(question).await?;
        tokio::time::sleep(DEAF).await;
        Ok(())
    }

    pub(crate) async fn is_not_asked(&self, question: &str) -> Result<()> {
        self.find(&format!("//body[not(contains(., '{question}'))]"))
            .await
            .map(drop)
    }

    /// Opens the workspace at `place` and turns to it.
    pub(crate) async fn open_workspace(&self, place: Value) -> Result<Window<'_>> {
        let opened = self
            .invoke("open_workspace", json!({ "place": place }))
            .await?;
        ensure!(opened.is_ok(), "{opened:?}");
        let window = self.desktop.window(WORKSPACE)?;
        window.gets_focus()?;
        self.enter("workspace").await?;
        self.find("//h1").await?;
        Ok(window)
    }

    /// Changes preferences from the workspace, which must be the present window.
    pub(crate) async fn prefer(&self, change: impl FnOnce(&mut Value)) -> Result<()> {
        let settings = self.invoke("settings_view", json!({})).await?;
        let mut settings = settings.ok().context("The settings")?;
        let preferences = &mut settings["preferences"];
        change(preferences);
        let arguments = json!({ "preferences": preferences });
        let taken = self.invoke("set_preferences", arguments).await?;
        ensure!(taken.is_ok(), "{taken:?}");
        Ok(())
    }

    /// Has axe look at the present window: WCAG 2.2 A and AA and its own best practice.
    pub(crate) async fn has_no_barrier(&self) -> Result<()> {
        const RUN: &str = "const done = arguments[0];
            const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run({ runOnly }).then(
                ({ violations }) => done(violations.map(({ id, nodes }) =>
                    `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)),
                (error) => done([String(error)]));";
        let axe = Path::new(env!("CARGO_MANIFEST_DIR"));
        let axe = axe.join("../ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).context("axe-core: npm ci in ui/")?;
        self.client.execute(&axe, Vec::new()).await?;
        let violations = self.client.execute_async(RUN, Vec::new()).await?;
        ensure!(violations == json!([]), "{violations:#}");
        Ok(())
    }

    /// What the program has written down.
    pub(crate) fn log(&self) -> Result<String> {
        let log = self.desktop.home().join("alobar/alobar.log");
        std::fs::read_to_string(log).context("The program's log")
    }

    /// Waits until the present window, which must be shown, has been drawn as it is now.
    pub(crate) async fn is_drawn(&self) -> Result<()> {
        const SCRIPT: &str = "const [done] = arguments;
            requestAnimationFrame(() => requestAnimationFrame(done));";
        self.client.execute_async(SCRIPT, Vec::new()).await?;
        Ok(())
    }

    /// Loads the present window's page anew.
    pub(crate) async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    /// Saves the screen as `target/screenshots/<name>.png`, for people to look at.
    pub(crate) fn screenshot(&self, name: &str) -> Result<()> {
        let target = target_folder()?;
        let folder = target.parent().context("The folder above the profile's")?;
        self.desktop
            .screenshot(&folder.join("screenshots").join(format!("{name}.png")))
    }
}

/// The phases of the phone's calls that have not ended.
pub(crate) fn phases(view: &Value) -> impl Iterator<Item = &str> {
    let calls = view["calls"].as_array().into_iter().flatten();
    let phases = calls.filter_map(|call| call["phase"].as_str());
    phases.filter(|phase| *phase != "terminated")
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
