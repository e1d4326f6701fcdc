package io.narthex.promql.exec;

import java.util.function.Function;

/// Takes the series of an expression. Producers that split their work call `part` once a part, from
/// any thread; parts are numbered in the order of the series, so that whoever merges them gets the
/// same answer however many threads ran.
interface Sinks {

  /// Takes one series after another of a part.
  @FunctionalInterface
  interface Sink {
    void accept(StepSeries series);
  }

  /// The sink of part `index`; called once, before the part's first series, by one thread.
  Sink part(int index);

  /// Told before the first part how many there will be.
  default void begin(int parts) {}

  /// Sinks that change every series on its way to `target`; the function is made once a part.
  static Sinks mapping(
      Sinks target, java.util.function.Supplier<Function<StepSeries, StepSeries>> change) {
    return new Sinks() {
      @Override
      public void begin(int parts) {
        target.begin(parts);
      }

      @Override
      public Sink part(int index) {
        Sink next = target.part(index);
        Function<StepSeries, StepSeries> change1 = change.get();
        return series -> next.accept(change1.apply(series));
      }
    };
  }
}
