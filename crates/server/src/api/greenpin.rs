//! GreenPin allocations, for admins. The vendor has no list, so what it says of one is kept, without its pins.

pub mod bulk;
pub mod codes;
pub mod reveal;
mod terms;
mod view;

use axum::Json;
use axum::extract::State;
use exotel::greenpin::{self, CreateAllocation, DeleteAllocation, GetAllocation, UpdateAllocation};
use protocol::Secret;
use protocol::greenpin::{
    Allocated, AllocationList, AllocationTerms, AllocationView, NewAllocation, PartyTerms,
};
use serde::Deserialize;

use super::{Asked, Body, Name, whole};
use crate::auth::Caller;
use crate::hooks::hidden;
use crate::store::Allocation;
use crate::{Answer, App, Refused, clock};

/// Allocations of a list, if nobody says.
const LIST: u32 = 200;
/// The most.
const LARGEST: u32 = 1000;

/// How many.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Page {
    limit: Option<u32>,
}

/// `GET /api/greenpin/allocations?limit=`
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Asked(page): Asked<Page>,
) -> Answer<Json<AllocationList>> {
    let limit = page.limit.unwrap_or(LIST).clamp(1, LARGEST);
    let found = app.store.allocations(limit).await?;
    let view = |allocation| view::of(&app, caller.role, allocation);
    let allocations = found.into_iter().map(view).collect();
    Ok(Json(AllocationList { allocations }))
}

/// `GET /api/greenpin/allocations/{id}`: as the vendor has it now.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Name(greenpin_id): Name,
) -> Answer<Json<AllocationView>> {
    let get = GetAllocation { greenpin_id };
    let allocation = app
        .vendor
        .call(&caller.name, &get)
        .await
        .map_err(codes::refused)?;
    let allocation = keep(&app, &caller, allocation, None).await?;
    Ok(Json(allocation.allocation))
}

/// `POST /api/greenpin/allocations`
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    Body(new): Body<NewAllocation>,
) -> Answer<Json<Allocated>> {
    let change = terms::read(new.terms);
    let create = CreateAllocation {
        transaction_id: new.transaction_id,
        a: change.a,
        b: change.b,
        usage: change.usage,
        deallocation_policy: change.deallocation_policy,
    };
    let work = move |app: App| async move {
        let allocation = app
            .vendor
            .call(&caller.name, &create)
            .await
            .map_err(codes::refused)?;
        keep(&app, &caller, allocation, None).await.map(Json)
    };
    whole(&app, work).await
}

/// `PUT /api/greenpin/allocations/{id}`
pub async fn update(
    State(app): State<App>,
    caller: Caller,
    Name(greenpin_id): Name,
    Body(terms): Body<AllocationTerms>,
) -> Answer<Json<Allocated>> {
    let is_new = |party: &Option<PartyTerms>| {
        party
            .as_ref()
            .is_some_and(|party| party.pin.is_some() || party.pin_length.is_some())
    };
    let (a_is_new, b_is_new) = (is_new(&terms.a), is_new(&terms.b));
    let update = UpdateAllocation {
        greenpin_id,
        change: terms::read(terms),
    };
    let work = move |app: App| async move {
        let updated = app
            .vendor
            .call(&caller.name, &update)
            .await
            .map_err(codes::refused)?;
        let kept = keep(&app, &caller, updated.allocation, None).await?;
        // One that stays as it was is hidden until somebody asks for it.
        Ok(Json(Allocated {
            a_pin: kept.a_pin.filter(|_| a_is_new),
            b_pin: kept.b_pin.filter(|_| b_is_new),
            ..kept
        }))
    };
    whole(&app, work).await
}

/// `DELETE /api/greenpin/allocations/{id}`: its pins are free from now on.
pub async fn delete(
    State(app): State<App>,
    caller: Caller,
    Name(greenpin_id): Name,
) -> Answer<Json<AllocationView>> {
    let work = move |app: App| async move { deleted(&app, &caller, greenpin_id).await.map(Json) };
    whole(&app, work).await
}

async fn deleted(app: &App, caller: &Caller, greenpin_id: String) -> Answer<AllocationView> {
    let delete = DeleteAllocation {
        greenpin_id: greenpin_id.clone(),
    };
    let gone = app
        .vendor
        .call(&caller.name, &delete)
        .await
        .map_err(codes::refused)?;
    // The vendor's own sample of this answer says `active`.
    let kept = match gone.was {
        Some(was) => keep(app, caller, was, Some("vault")).await?.allocation,
        None => {
            let known = app.store.allocation(&greenpin_id).await?;
            let mut known = known.ok_or_else(|| Refused::not_found("allocation"))?;
            known.state = "vault".to_owned();
            known.updated_at = clock::now();
            app.store.put_allocation(&known).await?;
            view::of(app, caller.role, known)
        }
    };
    Ok(kept)
}

/// Keeps what the vendor says of an allocation, without its pins, and shows it, with them.
async fn keep(
    app: &App,
    caller: &Caller,
    said: greenpin::Allocation,
    state: Option<&str>,
) -> Answer<Allocated> {
    let pin = |side: &greenpin::AllocatedSide| side.pin.as_ref().map(|pin| Secret::new(pin.reveal()));
    let (a_pin, b_pin) = (pin(&said.a), pin(&said.b));
    let body = serde_json::to_value(&said).unwrap_or_default();
    let fresh = Allocation {
        state: state.unwrap_or(said.state.as_str()).to_owned(),
        greenpin_id: said.greenpin_id,
        transaction_id: said.transaction_id,
        body: hidden(body),
        calls: 0,
        verified: 0,
        updated_at: clock::now(),
    };
    app.store.put_allocation(&fresh).await?;
    // With what was counted of it before.
    let kept = app.store.allocation(&fresh.greenpin_id).await?.unwrap_or(fresh);
    Ok(Allocated {
        allocation: view::of(app, caller.role, kept),
        a_pin,
        b_pin,
    })
}
