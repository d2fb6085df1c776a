//! What each subcommand does.

mod account;
mod backup;
pub mod import;
mod serve;

use crate::{
    cli::{Arguments, Command, Place},
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
        Command::Import { place, files, publish, section } => {
            let config = Config::read(&place)?;
            import::run(&config, &files, publish, section.as_deref()).await
        }
        Command::Demo { place } => {
            let installation = Installation::open(&Config::read(&place)?).await?;
            let added = demo::load(&installation).await?;
            println!("the demo site is loaded: {added} articles added");
            Ok(installation.store.close().await?)
        }
        Command::Account { command } => account::run(command).await,
        Command::Restore { place, file } => backup::restore(&Config::read(&place)?, &file).await,
        Command::Backup { place, file } => backup::run(&Config::read(&place)?, &file).await,
    }
}
