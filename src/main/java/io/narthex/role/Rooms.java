package io.narthex.role;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a role has opened, to be closed in the reverse order. One room that fails to close does not
/// keep the others from it.
final class Rooms implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Rooms.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T room) {
    open.push(room);
    return room;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable room = open.pop();
      try {
        room.close();
      } catch (Exception e) {
        LOG.log(Level.ERROR, "closing " + room.getClass().getSimpleName() + " failed", e);
      }
    }
  }
}
