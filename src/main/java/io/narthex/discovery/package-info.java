/// Finding targets. Owns the contract between those who find ({@link
/// io.narthex.discovery.Discoverer}, one child package per mechanism) and those who use what was
/// found (scrape pools, the notifier): {@link io.narthex.discovery.TargetGroup}. Invariants: a
/// group is told whole, never as a difference; a group without targets says that its source is
/// gone; nobody here knows who listens.
@NullMarked
package io.narthex.discovery;

import org.jspecify.annotations.NullMarked;
