package sluice.framework.gates;

import java.util.List;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.layer.Connection;
import sluice.gating.ConsolidatedSubnetworks;

/**
 * The network that a task begins in.
 *
 * @param consolidated what earlier tasks use
 * @param created units per hidden layer before any growth
 * @param headConnection how a head meets the highest layer
 * @param streams of the task
 */
public record TaskStart(
        ConsolidatedSubnetworks consolidated, List<Integer> created, Connection headConnection, TaskStreams streams) {}
