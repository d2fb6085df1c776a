//! `fuxian account`.

use crate::{cli::AccountCommand, config::Config, failure::Failure, installation::Installation};
use content::{
    Actor, Refusal, Role, SectionId,
    account::Grant,
    desk::{AccountFields, OneTimeLink},
};
use std::io::Read;
use store::Store;

/// The longest line of a password that is read, in bytes.
const LONGEST_LINE: u64 = 4096;

/// Does it.
///
/// # Errors
/// A role, a section or an account that is not known, a name that is taken, a password that cannot be.
pub async fn run(command: AccountCommand) -> Result<(), Failure> {
    match command {
        AccountCommand::Add { place, name, role, section, display_name, password_stdin } => {
            let config = Config::read(&place)?;
            let role = Role::of_key(&role).ok_or_else(|| unknown_role(&role))?;
            let password = if password_stdin { Some(password()?) } else { None };
            let store = Installation::open(&config).await?.store;
            let section = match section {
                Some(section) => Some(find_section(&store, &section).await?),
                None => None,
            };
            let display_name = display_name.unwrap_or_else(|| name.clone());
            let fields = AccountFields { display_name, name, grants: vec![Grant { role, section }] };
            add(&config, &store, &fields, password).await?;
            Ok(store.close().await?)
        }
        AccountCommand::Link { place, name, remove_second_factor } => {
            let config = Config::read(&place)?;
            let store = Installation::open(&config).await?.store;
            let accounts = store.accounts(&Actor::Operator).await?;
            let found = accounts.into_iter().find(|row| row.name == name);
            let id = found.ok_or_else(|| unknown_account(&name))?.id;
            let link = store.password_link(&Actor::Operator, id).await?;
            if remove_second_factor {
                store.remove_second_factor_of(&Actor::Operator, id).await?;
            }
            println!("until {} {name} chooses a password here, once:", link.until.date_time());
            println!("{}", address(&config, &link));
            Ok(store.close().await?)
        }
    }
}

async fn add(config: &Config, store: &Store, fields: &AccountFields, password: Option<String>) -> Result<(), Failure> {
    if let Some(password) = password {
        store.add_account_with_password(&Actor::Operator, fields, &password).await?;
        println!("the account {} is added", fields.name);
        return Ok(());
    }
    let (_, link) = store.add_account(&Actor::Operator, fields).await?;
    let until = link.until.date_time();
    println!("the account {} is added; until {until} its owner chooses a password here, once:", fields.name);
    println!("{}", address(config, &link));
    Ok(())
}

fn address(config: &Config, link: &OneTimeLink) -> String {
    let site = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.addr));
    format!("{site}{}", link.path)
}

fn unknown_account(given: &str) -> Failure {
    let given = content::refusal::quoted(given);
    Failure::Run(format!("--name: there is no account \"{given}\": the list stands in the admin under 账号"))
}

fn unknown_role(given: &str) -> Failure {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
    let given = content::refusal::quoted(given);
    Failure::Run(format!("--role: expected one of {}, found \"{given}\"", roles.join(", ")))
}

fn password() -> Result<String, Failure> {
    let said =
        |why: &dyn std::fmt::Display| Failure::Run(format!("--password-stdin: expected one line of text: {why}"));
    let mut text = String::new();
    std::io::stdin().lock().take(LONGEST_LINE).read_to_string(&mut text).map_err(|error| said(&error))?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() || line.contains('\n') {
        return Err(said(&"it is empty or has several lines"));
    }
    Ok(line.to_owned())
}

async fn find_section(store: &Store, given: &str) -> Result<SectionId, Failure> {
    let sections = store.sections().await?;
    let found = sections.into_iter().find(|section| section.link.slug.as_str() == given || section.link.name == given);
    let unknown = || store::Error::Refused(Refusal::UnknownSection { given: content::refusal::quoted(given) });
    Ok(found.ok_or_else(unknown)?.id)
}
