//! The one person of a hub that runs within the desktop.

use serde_json::json;
use uuid::Uuid;

use crate::db::DbError;
use crate::db::table::hub_user::{self, Person};
use crate::db::table::setting;
use crate::hub::Hub;
use crate::identity::{Identity, Role};

/// Where the database says who it is.
const SETTING: &str = "local_person";
const USERNAME: &str = "local";

impl Hub {
    /// The person at this machine: made once, without a password, so that nobody signs in as them.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn local_person(&self) -> Result<Identity, LocalPersonError> {
        self.find_or_make().await.map_err(LocalPersonError)
    }

    async fn find_or_make(&self) -> Result<Identity, DbError> {
        let mut tx = self.db().write().await?;
        super::forget_old(&mut tx, self.now()).await?;
        if let Some(known) = setting::find(&mut tx, SETTING).await? {
            let id: Option<Uuid> = serde_json::from_value(known.value).ok();
            if let Some(id) = id
                && let Some(identity) = super::identity(&mut tx, id.into()).await?
            {
                tx.commit().await?;
                return Ok(identity);
            }
        }
        let now = self.now();
        let person = Person {
            id: Uuid::now_v7().into(),
            rev: 1,
            created_at: now,
            updated_at: now,
            username: USERNAME.to_owned(),
            name: name(),
            email: None,
            role: Role::Admin,
            active: true,
            extension: None,
        };
        hub_user::add(&mut tx, &person).await?;
        let id: Uuid = person.id.into();
        setting::put(&mut tx, SETTING, json!(id), now).await?;
        tx.commit().await?;
        Ok(Identity {
            user: person.id,
            role: person.role,
            teams: Vec::new(),
            leads: Vec::new(),
        })
    }
}

/// What the system calls them.
fn name() -> String {
    let of_system = ["USER", "USERNAME"].map(std::env::var);
    let mut given = of_system.into_iter().flatten();
    given
        .find(|name| !name.trim().is_empty())
        .unwrap_or_else(|| USERNAME.to_owned())
}

/// The database fails.
#[derive(Debug, thiserror::Error)]
#[error("The person of this machine")]
pub struct LocalPersonError(#[source] DbError);
