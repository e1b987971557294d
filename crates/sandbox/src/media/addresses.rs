//! The addresses media may arrive on.

use std::net::IpAddr;

/// Every address of every interface that is up, loopback last. Link-local IPv6 is left out: it means nothing without a
/// scope, and a candidate line has none.
pub(super) fn local() -> Vec<IpAddr> {
    let mut addresses: Vec<IpAddr> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .map(|interface| interface.ip())
        .filter(|address| usable(*address))
        .collect();
    if addresses.is_empty() {
        addresses.push(IpAddr::from([127, 0, 0, 1]));
    }
    addresses.sort_by_key(|address| (address.is_loopback(), address.is_ipv6(), *address));
    addresses.dedup();
    addresses
}

fn usable(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !v4.is_link_local() && !v4.is_unspecified(),
        IpAddr::V6(v6) => !v6.is_unicast_link_local() && !v6.is_unspecified(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_an_address_and_loopback_comes_last() {
        let addresses = local();
        assert!(!addresses.is_empty());
        let first_loopback = addresses
            .iter()
            .position(|a| a.is_loopback())
            .unwrap_or(addresses.len());
        assert!(addresses[first_loopback..].iter().all(|a| a.is_loopback()));
    }

    #[test]
    fn link_local_is_left_out() {
        assert!(!usable("fe80::1".parse().unwrap()));
        assert!(!usable("169.254.3.4".parse().unwrap()));
        assert!(usable("192.0.2.2".parse().unwrap()));
    }
}
