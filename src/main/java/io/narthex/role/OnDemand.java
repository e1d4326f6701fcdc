package io.narthex.role;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made when it is asked for first: what a start need not wait for. Thread-safe;
/// made once.
final class OnDemand<T> implements Supplier<T> {

  private final Supplier<T> make;
  private volatile @Nullable T made;

  OnDemand(Supplier<T> make) {
    this.make = make;
  }

  @Override
  public T get() {
    T value = made;
    return value != null ? value : first();
  }

  private synchronized T first() {
    T value = made;
    if (value == null) {
      value = make.get();
      made = value;
    }
    return value;
  }
}
