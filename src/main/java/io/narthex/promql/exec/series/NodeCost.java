package io.narthex.promql.exec.series;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What one node of a running plan costs. Samples are counted as if each node's result were held
/// until the node above is done, which is how the reference counts, although results are mostly
/// forgotten series by series here. Safe for several lanes.
public final class NodeCost {

  /// How the samples of a node and of those below it add up.
  public enum Kind {
    /// The node goes from step to step: it holds its result beside those of its arguments, and what
    /// they have at one step a second time.
    STEPWISE,
    /// The node goes from series to series: it holds its result beside those of its arguments.
    BESIDE,
    /// The node holds its result instead of those of its arguments.
    INSTEAD,
    /// The result is the argument's own, with what the node adds to it.
    SAME
  }

  private final Kind kind;
  private final List<NodeCost> children = new ArrayList<>();
  private @Nullable NodeCost parent;
  private volatile int steps = 1;
  private List<NodeCost> earlier = List.of();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong points = new AtomicLong();
  private final AtomicLong most = new AtomicLong();
  private volatile long lastWindow;
  private final LongAdder series = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  public NodeCost(Kind kind) {
    this.kind = kind;
  }

  /// Adds an argument; arguments are evaluated in this order.
  public void add(NodeCost child) {
    child.parent = this;
    child.earlier = List.copyOf(children);
    children.add(child);
  }

  public List<NodeCost> children() {
    return children;
  }

  /// Counts a series of the result; fails if the query holds too many samples.
  ///
  /// @param samples what its values weigh
  /// @param values how many values it has
  public void hold(long samples, long values, Limits limits) {
    if (samples > 0) {
      series.increment();
      long now = held.addAndGet(samples);
      if (lastWindow > 0) {
        most.accumulateAndGet(now + lastWindow, Math::max);
      }
      points.addAndGet(values);
      for (NodeCost node = this; node != null; node = node.parent) {
        limits.require(node.live());
      }
    }
  }

  /// Says that what the node has held until now is not its result: the node above does not see it.
  /// It stays held, as in the reference, which lets go of it with the query only.
  public void resultBegins() {
    points.set(0);
    series.reset();
  }

  /// Says what the window holds that the node looks at now.
  public void window(long samples) {
    lastWindow = samples;
    most.accumulateAndGet(held.get() + samples, Math::max);
  }

  public void took(long moreNanos) {
    nanos.add(moreNanos);
  }

  /// Samples of the node's result.
  public long samples() {
    return kind == Kind.SAME ? held.get() + childSamples() : held.get();
  }

  /// What the arguments have at a step, on the average.
  private long atOneStep() {
    long values = 0;
    for (NodeCost child : children) {
      values += child.points();
    }
    return Math.ceilDiv(values, Math.max(1, steps));
  }

  private long points() {
    long values = points.get();
    for (NodeCost child : kind == Kind.SAME ? children : List.<NodeCost>of()) {
      values += child.points();
    }
    return values;
  }

  /// Says at how many steps the node is evaluated.
  public void at(int count) {
    steps = count;
  }

  /// The result with the window beside it, where that was most.
  private long withWindow() {
    return Math.max(held.get(), most.get());
  }

  private long childSamples() {
    long sum = 0;
    for (NodeCost child : children) {
      sum += child.samples();
    }
    return sum;
  }

  /// Samples held when the node is about to be done.
  private long live() {
    long own =
        switch (kind) {
          case STEPWISE -> withWindow() + childSamples() + atOneStep();
          case BESIDE -> withWindow() + childSamples();
          case INSTEAD -> Math.max(held.get(), childSamples());
          case SAME -> samples();
        };
    for (NodeCost node = this; node != null; node = node.parent) {
      for (NodeCost sibling : node.earlier) {
        own += sibling.samples();
      }
    }
    return own;
  }

  /// The most samples that were held at once, here and below.
  public long peak() {
    long peak = live();
    for (NodeCost child : children) {
      peak = Math.max(peak, child.peak());
    }
    return peak;
  }

  /// Series of the result that have a value.
  public long series() {
    return series.sum();
  }

  /// Time that all lanes together spent, arguments included.
  public long nanos() {
    return nanos.sum();
  }
}
