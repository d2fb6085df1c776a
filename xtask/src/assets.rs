//! The files that readers download: compressed once at build time, weighed, and held to their budgets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::budgets::{self, Budgets, Weighed};
use crate::command::{program, run};
use crate::failure::{Outcome, Told};
use crate::place::Place;

/// Removes what wasm-bindgen writes for programmers: no browser asks for it.
pub fn remove_declarations(pkg: &Path) -> Outcome {
    for entry in fs::read_dir(pkg).told(format!("{} cannot be read", pkg.display()))?.flatten() {
        if entry.file_name().to_string_lossy().ends_with(".d.ts") {
            fs::remove_file(entry.path()).told(format!("{} cannot be removed", entry.path().display()))?;
        }
    }
    Ok(())
}

/// Puts a `.br` and a `.gz` beside each file of the folder.
pub fn precompress(place: &Place, folder: &Path) -> Outcome {
    run(program(place, "node").arg("xtask/precompress.mjs").arg(folder))
}

/// Prints what a reader's and an editor's first load weigh and fails when a part is over its budget.
pub fn weigh(place: &Place, pkg: &Path) -> Outcome {
    let budgets = Budgets::read(&place.root.join("budgets.toml"))?;
    let own = |file: &str| vec![file.to_owned()];
    let glue = files(pkg, |name| name == "fuxian.js" || name.starts_with("__wasm_split."))?;
    let mut edit_screen = lazy(pkg, &["shell", "writing"])?;
    edit_screen.extend(["fuxian.wasm", "fuxian.css", "editor.js", "admin.css"].map(String::from));
    edit_screen.extend(glue.iter().cloned());
    let parts = [
        ("wasm", own("fuxian.wasm"), budgets.wasm),
        ("glue", glue, budgets.glue),
        ("css", own("fuxian.css"), budgets.css),
        ("editor", own("editor.js"), budgets.editor),
        ("admin_css", own("admin.css"), budgets.admin_css),
        ("edit_screen", edit_screen, budgets.edit_screen),
    ];
    let parts =
        parts.iter().map(|(part, files, budget)| weighed(pkg, part, files, *budget)).collect::<Outcome<Vec<_>>>()?;
    println!("{:<14}{:>12}{:>12}{:>12}", "bytes", "raw", "brotli", "budget");
    for Weighed { part, raw, brotli, budget } in &parts {
        println!("{part:<14}{raw:>12}{brotli:>12}{budget:>12}");
    }
    budgets::judge(&parts)
}

/// The files that the lazy functions of these names fetch, with what they share with others. The splitter names a function
/// by its own name and a hash of its place in the source, and lists in its manifest what each one needs.
fn lazy(pkg: &Path, functions: &[&str]) -> Outcome<Vec<String>> {
    let path = pkg.join("__wasm_split_manifest.json");
    let text = fs::read_to_string(&path).told(format!("{} cannot be read", path.display()))?;
    let manifest: BTreeMap<String, Vec<String>> =
        serde_json::from_str(&text).told(format!("{} is no manifest", path.display()))?;
    let mut files = BTreeSet::new();
    for function in functions {
        let is_it = |name: &str| name.rsplit_once('_').is_some_and(|(own, _)| own == *function);
        let needed = manifest.iter().find(|(name, _)| is_it(name)).map(|(_, needed)| needed);
        let needed = needed.ok_or_else(|| format!("{} names no lazy function `{function}`", path.display()))?;
        files.extend(needed.iter().map(|stem| format!("{stem}.wasm")));
    }
    Ok(files.into_iter().collect())
}

/// The files of the folder whose names are meant, themselves and not their compressed forms.
fn files(pkg: &Path, meant: impl Fn(&str) -> bool) -> Outcome<Vec<String>> {
    let entries = fs::read_dir(pkg).told(format!("{} cannot be read", pkg.display()))?.flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let wanted = |name: &String| meant(name) && !name.ends_with(".br") && !name.ends_with(".gz");
    Ok(names.filter(wanted).collect())
}

fn weighed(pkg: &Path, part: &str, files: &[String], budget: u64) -> Outcome<Weighed> {
    if files.is_empty() {
        return Err(format!("{} holds nothing of `{part}`", pkg.display()).into());
    }
    let size = |ending: &str| {
        files.iter().try_fold(0, |sum, file| {
            let path = pkg.join(format!("{file}{ending}"));
            path.metadata().map(|found| sum + found.len()).told(format!("{} was not built", path.display()))
        })
    };
    Ok(Weighed { part: part.into(), raw: size("")?, brotli: size(".br")?, budget })
}
