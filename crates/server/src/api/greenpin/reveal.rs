//! `POST /api/greenpin/allocations/{id}/reveal`: a pin, for whoever asks for it, and a record of who did.

use axum::Json;
use axum::extract::State;
use exotel::greenpin::GetAllocation;
use protocol::Secret;
use protocol::admin::greenpin::{Party, RevealPin, RevealedPin};

use super::codes;
use crate::api::{Body, Name, whole};
use crate::auth::Caller;
use crate::store::AuditRecord;
use crate::{Answer, App, clock};

/// Asked of the vendor each time; no pin is kept here. Without the record there is no answer.
pub async fn reveal(
    State(app): State<App>,
    caller: Caller,
    Name(greenpin_id): Name,
    Body(asked): Body<RevealPin>,
) -> Answer<Json<RevealedPin>> {
    let work = move |app: App| async move {
        let get = GetAllocation {
            greenpin_id: greenpin_id.clone(),
        };
        let said = app
            .vendor
            .call(&caller.name, &get)
            .await
            .map_err(codes::refused)?;
        let (side, party) = match asked.party {
            Party::A => (said.a, "party a"),
            Party::B => (said.b, "party b"),
        };
        let record = AuditRecord {
            at: clock::now(),
            who: caller.name,
            what: "reveal_pin".to_owned(),
            target: greenpin_id,
            result: "done".to_owned(),
            detail: party.to_owned(),
        };
        app.store.put_audit(&record).await?;
        let pin = side.pin.map(|pin| Secret::new(pin.reveal()));
        Ok(Json(RevealedPin { pin }))
    };
    whole(&app, work).await
}
