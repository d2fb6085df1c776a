//! The files that readers download: compressed once at build time, weighed, and held to their budgets.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::budgets::{self, Budgets, Weighed};
use crate::command::{program, run};
use crate::failure::{Outcome, Told};
use crate::place::Place;

/// The folder of the admin's client below that of the package.
const ADMIN: &str = "admin";

/// Puts the admin's client into a folder of its own beside the client of readers, and takes out of both what no browser asks
/// for: what wasm-bindgen writes for programmers, and a second copy of the style sheet.
pub fn bring_admin(built: &Path, pkg: &Path) -> Outcome {
    let admin = pkg.join(ADMIN);
    fs::create_dir_all(&admin).told(format!("{} cannot be made", admin.display()))?;
    for name in files(built, |name| name.ends_with(".js") || name.ends_with(".wasm") || name.ends_with(".json"))? {
        fs::rename(built.join(&name), admin.join(&name)).told(format!("{name} cannot be moved"))?;
    }
    for name in files(pkg, |name| name.ends_with(".d.ts"))? {
        fs::remove_file(pkg.join(&name)).told(format!("{name} cannot be removed"))?;
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
    let admin = pkg.join(ADMIN);
    let mut edit_screen = lazy(&admin, "writing")?;
    edit_screen.extend(files(&admin, |name| name == "fuxian.wasm" || name.ends_with(".js"))?);
    edit_screen.iter_mut().for_each(|file| file.insert_str(0, &format!("{ADMIN}/")));
    edit_screen.extend(["fuxian.css", "editor.js", "admin.css"].map(String::from));
    let parts = [
        ("wasm", own("fuxian.wasm"), budgets.wasm),
        ("glue", own("fuxian.js"), budgets.glue),
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

/// The files that the lazy function of this name fetches, with what it shares with others. The splitter names a function
/// by its own name and a hash of its place in the source, and lists in its manifest what each one needs.
fn lazy(folder: &Path, function: &str) -> Outcome<Vec<String>> {
    let path = folder.join("__wasm_split_manifest.json");
    let text = fs::read_to_string(&path).told(format!("{} cannot be read", path.display()))?;
    let manifest: BTreeMap<String, Vec<String>> =
        serde_json::from_str(&text).told(format!("{} is no manifest", path.display()))?;
    let is_it = |name: &str| name.rsplit_once('_').is_some_and(|(own, _)| own == function);
    let needed = manifest.iter().find(|(name, _)| is_it(name)).map(|(_, needed)| needed);
    let needed = needed.ok_or_else(|| format!("{} names no lazy function `{function}`", path.display()))?;
    Ok(needed.iter().map(|stem| format!("{stem}.wasm")).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_admin_gets_a_folder_of_its_own_without_what_no_browser_asks_for() {
        let root = std::env::temp_dir().join(format!("fuxian-assets-test-{}", std::process::id()));
        let (built, pkg) = (root.join("built"), root.join("pkg"));
        for folder in [&built, &pkg] {
            fs::create_dir_all(folder).unwrap();
            for name in ["fuxian.js", "fuxian.wasm", "fuxian.css", "fuxian.d.ts", "fuxian_bg.wasm.d.ts"] {
                fs::write(folder.join(name), name).unwrap();
            }
        }
        let manifest = r#"{"desk_1":["chunk_1"],"writing_2":["chunk_1","split_writing_2"]}"#;
        fs::write(built.join("__wasm_split_manifest.json"), manifest).unwrap();
        bring_admin(&built, &pkg).unwrap();
        let sorted = |folder: &Path| {
            let mut names = files(folder, |name| folder.join(name).is_file()).unwrap();
            names.sort();
            names
        };
        assert_eq!(sorted(&pkg), ["fuxian.css", "fuxian.js", "fuxian.wasm"]);
        assert_eq!(sorted(&pkg.join(ADMIN)), ["__wasm_split_manifest.json", "fuxian.js", "fuxian.wasm"]);
        assert_eq!(lazy(&pkg.join(ADMIN), "writing").unwrap(), ["chunk_1.wasm", "split_writing_2.wasm"]);
        assert!(lazy(&pkg.join(ADMIN), "nothing").is_err());
        fs::remove_dir_all(&root).unwrap();
    }
}
