//! What `cargo leptos new` names of cargo-generate. This project is there already, so scaffolding is refused.

use std::path::PathBuf;

/// Where a template would be taken from.
#[derive(Debug, Default)]
pub struct TemplatePath {
    pub git: Option<String>,
    pub branch: Option<String>,
    pub tag: Option<String>,
    pub path: Option<String>,
    pub auto_path: Option<String>,
}

/// What the scaffolding would be asked for.
#[derive(Debug, Default)]
pub struct GenerateArgs {
    pub template_path: TemplatePath,
    pub name: Option<String>,
    pub force: bool,
    pub verbose: bool,
    pub init: bool,
    pub overwrite: bool,
}

/// Always refuses.
///
/// # Errors
/// Every time: install the published cargo-leptos to start another project.
pub fn generate(_: GenerateArgs) -> anyhow::Result<PathBuf> {
    anyhow::bail!("this cargo-leptos builds the project it belongs to; install the published one to start another")
}
