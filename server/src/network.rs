//! Addresses and networks of proxies, and where a request came from behind them.

use http::HeaderMap;
use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

/// An address, or a network such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    /// Bits that have to be the same.
    prefix: u32,
}

impl Network {
    /// Reads a list with commas between.
    ///
    /// # Errors
    /// The first entry that is neither an address nor a network.
    pub fn list(text: &str) -> Result<Vec<Self>, String> {
        text.split(',').map(str::trim).filter(|entry| !entry.is_empty()).map(str::parse).collect()
    }

    /// Whether the address is in it.
    #[must_use]
    pub fn contains(self, address: IpAddr) -> bool {
        let same = |one: u128, other: u128, bits: u32| self.prefix == 0 || (one ^ other) >> (bits - self.prefix) == 0;
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(one), IpAddr::V4(other)) => same(one.to_bits().into(), other.to_bits().into(), 32),
            (IpAddr::V6(one), IpAddr::V6(other)) => same(one.to_bits(), other.to_bits(), 128),
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| format!("{text} is no address"))?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(bits), str::parse).map_err(|_| format!("{text} is no network"))?;
        if prefix > bits { Err(format!("{text} is no network")) } else { Ok(Self { address, prefix }) }
    }
}

/// Where a request came from: the peer, or while that is a proxy which is trusted, whom it names. Read from the right:
/// everything left of the first address that is not trusted may have been made up.
#[must_use]
pub fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut found = peer.to_canonical();
    let named = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let named: Vec<&str> = named.flat_map(|value| value.split(',')).map(str::trim).collect();
    for address in named.iter().rev() {
        let Some(address) = named_address(address) else { break };
        if !is_trusted(found) {
            break;
        }
        found = address.to_canonical();
    }
    found
}

/// Some proxies name the port as well: `1.2.3.4:5678`, `[::1]:5678`, `[::1]`.
fn named_address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip()).ok();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(
            http::HeaderName::from_static("x-forwarded-for"),
            http::HeaderValue::from_static(value),
        )])
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        let network: Network = "10.0.0.0/8".parse().unwrap();
        assert!(network.contains(ip("10.255.0.1")) && network.contains(ip("::ffff:10.1.1.1")));
        assert!(!network.contains(ip("11.0.0.1")) && !network.contains(ip("::1")));
        assert!(Network::list("0.0.0.0/0").unwrap()[0].contains(ip("8.8.8.8")));
        assert!("10.0.0.0/33".parse::<Network>().is_err() && "host".parse::<Network>().is_err());
        assert_eq!(Network::list(" 127.0.0.1, ::1/128 ").unwrap().len(), 2);
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_about_the_next_one() {
        let trusted = Network::list("127.0.0.1, 10.0.0.0/8").unwrap();
        let of = |peer: &str, value| client(ip(peer), &forwarded(value), &trusted);
        assert_eq!(of("127.0.0.1", "1.2.3.4"), ip("1.2.3.4"));
        assert_eq!(of("127.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.9"), ip("1.2.3.4"));
        assert_eq!(of("5.5.5.5", "1.2.3.4"), ip("5.5.5.5"));
        assert_eq!(of("127.0.0.1", "nonsense"), ip("127.0.0.1"));
        assert_eq!(of("127.0.0.1", "1.2.3.4:5678"), ip("1.2.3.4"));
        assert_eq!(of("127.0.0.1", "[2001:db8::1]:5678"), ip("2001:db8::1"));
    }
}
