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

/// Prints what the first load weighs and fails when a part is over its budget.
pub fn weigh(place: &Place, pkg: &Path) -> Outcome {
    let budgets = Budgets::read(&place.root.join("budgets.toml"))?;
    let parts = [("fuxian.wasm", budgets.wasm), ("fuxian.js", budgets.glue), ("fuxian.css", budgets.css)];
    let files = parts.into_iter().map(|(file, budget)| weighed(pkg, file, budget)).collect::<Outcome<Vec<_>>>()?;
    println!("{:<14}{:>12}{:>12}{:>12}", "bytes", "raw", "brotli", "budget");
    for Weighed { file, raw, brotli, budget } in &files {
        println!("{file:<14}{raw:>12}{brotli:>12}{budget:>12}");
    }
    budgets::judge(&files)
}

fn weighed(pkg: &Path, file: &str, budget: u64) -> Outcome<Weighed> {
    let size = |name: String| {
        let path = pkg.join(name);
        path.metadata().map(|found| found.len()).told(format!("{} was not built", path.display()))
    };
    Ok(Weighed { file: file.into(), raw: size(file.into())?, brotli: size(format!("{file}.br"))?, budget })
}
