//! What each subcommand does.

mod account;
mod backup;
mod export;
pub mod import;
mod serve;

use crate::{
    cli::{Arguments, Command, ImportCommand, Place},
    config::Config,
    demo,
    failure::Failure,
    installation::Installation,
};

/// Runs a command to its end.
///
/// # Errors
/// What the process ends with.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let serve = Command::Serve { place: Place::default(), addr: None, empty: false };
    match arguments.command.unwrap_or(serve) {
        Command::Serve { place, addr, empty } => {
            let mut config = Config::read(&place)?;
            config.addr = addr.unwrap_or(config.addr);
            serve::run(&config, empty).await
        }
        Command::Migrate { place } => {
            let (store, _) = Installation::open_as_it_is(&Config::read(&place)?).await?;
            let steps = store.migrate().await?;
            match steps.len() {
                0 => println!("the database is up to date"),
                _ => println!("migrated: {}", steps.join(", ")),
            }
            Ok(store.close().await?)
        }
        Command::Import { command: Some(ImportCommand::Undo { place, import }), .. } => {
            import::site::undo(&Config::read(&place)?, import).await
        }
        Command::Import {
            command: Some(ImportCommand::Site { place, source, dry_run, report, profile, publish, section }),
            ..
        } => {
            let asked = import::site::Asked { source, report, profile, publish, section };
            if dry_run {
                import::site::look(asked).await
            } else {
                import::site::bring(&Config::read(&place)?, asked).await
            }
        }
        Command::Import { command: None, place, files, publish, section, media } => {
            if let [folder] = files.as_slice()
                && store::exports::is_export(folder)
            {
                return export::take_back(&Config::read(&place)?, folder).await;
            }
            let asked = import::Asked { publish, section: section.as_deref(), media: media.as_deref() };
            import::run(&Config::read(&place)?, &files, asked).await
        }
        Command::Demo { place } => {
            let installation = Installation::open(&Config::read(&place)?).await?;
            let added = demo::load(&installation).await?;
            println!("the demo site is loaded: {added} articles added");
            Ok(installation.store.close().await?)
        }
        Command::Account { command } => account::run(command).await,
        Command::Restore { place, file } => backup::restore(&Config::read(&place)?, &file).await,
        Command::Export { place, folder, no_site } => export::run(&Config::read(&place)?, &folder, no_site).await,
        Command::Backup { place, file } => backup::run(&Config::read(&place)?, &file).await,
    }
}
