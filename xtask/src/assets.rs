//! The files that readers download: compressed once at build time, weighed, and held to their budgets.

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
    // The splitter names what it cut off by a hash of its place in the source.
    let chunks = files(pkg, |name| name.starts_with("split_") && name.ends_with(".wasm"))?;
    let own = |file: &str| vec![file.to_owned()];
    let parts = [
        ("wasm", own("fuxian.wasm"), budgets.wasm),
        ("glue", files(pkg, |name| name == "fuxian.js" || name.starts_with("__wasm_split."))?, budgets.glue),
        ("css", own("fuxian.css"), budgets.css),
        ("admin_wasm", chunks, budgets.admin_wasm),
        ("editor", own("editor.js"), budgets.editor),
        ("admin_css", own("admin.css"), budgets.admin_css),
    ];
    let parts =
        parts.iter().map(|(part, files, budget)| weighed(pkg, part, files, *budget)).collect::<Outcome<Vec<_>>>()?;
    println!("{:<14}{:>12}{:>12}{:>12}", "bytes", "raw", "brotli", "budget");
    for Weighed { part, raw, brotli, budget } in &parts {
        println!("{part:<14}{raw:>12}{brotli:>12}{budget:>12}");
    }
    budgets::judge(&parts)
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
