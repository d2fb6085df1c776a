//! The server functions of this room.
