//! How many connections there may be, in all and from one address.

use crate::network::Network;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::net::TcpStream;

/// Connections in all. Each has a file of the process: this is below what services are given usually.
const ALL: usize = 8192;

/// Connections of one address. Behind one there may be a whole office, whose browsers keep six each.
const OF_ONE: usize = 512;

/// Who is connected.
#[derive(Clone)]
pub struct Crowd(Arc<Inner>);

struct Inner {
    proxies: Arc<[Network]>,
    connected: Mutex<Connected>,
}

#[derive(Default)]
struct Connected {
    all: usize,
    from: HashMap<IpAddr, usize>,
}

/// There are too many connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// In all.
    House,
    /// From this address.
    Address,
}

/// A place in the crowd, given back when it is dropped.
pub struct Place {
    crowd: Crowd,
    address: IpAddr,
}

impl Crowd {
    /// Nobody yet.
    #[must_use]
    pub fn new(proxies: Arc<[Network]>) -> Self {
        Self(Arc::new(Inner { proxies, connected: Mutex::default() }))
    }

    /// A place for one more connection.
    ///
    /// # Errors
    /// Too many are here.
    pub fn enter(&self, address: IpAddr) -> Result<Place, Full> {
        let mut connected = self.0.connected.lock().unwrap_or_else(PoisonError::into_inner);
        if connected.all >= ALL {
            return Err(Full::House);
        }
        let address = address.to_canonical();
        let from = connected.from.entry(address).or_default();
        if *from >= OF_ONE && !self.0.proxies.iter().any(|proxy| proxy.contains(address)) {
            return Err(Full::Address);
        }
        *from += 1;
        connected.all += 1;
        Ok(Place { crowd: self.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut connected = self.crowd.0.connected.lock().unwrap_or_else(PoisonError::into_inner);
        connected.all -= 1;
        if let Some(from) = connected.from.get_mut(&self.address) {
            *from -= 1;
            if *from == 0 {
                connected.from.remove(&self.address);
            }
        }
    }
}

impl Full {
    /// Says so to whoever came too many, as far as its buffer takes it at once; over TLS there is nothing to say it in.
    pub fn say(self, stream: &TcpStream, tls: bool) {
        let status = match self {
            Self::House => "503 Service Unavailable",
            Self::Address => "429 Too Many Requests",
        };
        tracing::debug!(status, "too many connections");
        if !tls {
            let answer =
                format!("HTTP/1.1 {status}\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            // Nobody waits for whoever does not take it.
            let _ = stream.try_write(answer.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_take_every_place_unless_it_speaks_for_others() {
        let [one, other, proxy] = ["192.0.2.1", "192.0.2.2", "10.0.0.1"].map(|ip| ip.parse().unwrap());
        let crowd = Crowd::new(Network::list("10.0.0.0/8").unwrap().into());
        let mut places: Vec<Place> = (0..OF_ONE).map(|_| crowd.enter(one).ok().unwrap()).collect();
        assert_eq!(crowd.enter(one).err(), Some(Full::Address));
        assert!(crowd.enter(other).is_ok());
        places.pop();
        assert!(crowd.enter(one).is_ok(), "a place that was given back");
        let all: Vec<Place> = std::iter::repeat_with(|| crowd.enter(proxy)).map_while(Result::ok).collect();
        assert_eq!((all.len() + places.len(), crowd.enter(other).err()), (ALL, Some(Full::House)));
        drop((all, places));
        assert!(crowd.0.connected.lock().unwrap().from.is_empty());
    }
}
