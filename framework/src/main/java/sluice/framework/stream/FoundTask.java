package sluice.framework.stream;

import com.google.common.collect.ImmutableList;
import sluice.framework.account.LayerAccount;

/**
 * A task that a {@link StreamLearner} found, when its subnetwork is fixed.
 *
 * @param name in the network
 * @param steps of training
 * @param account multiply-adds of training, done and dense, per layer from the lowest to the head
 */
public record FoundTask(String name, long steps, ImmutableList<LayerAccount> account) {}
