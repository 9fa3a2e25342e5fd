package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import sluice.framework.internal.model.ModelArchive;

/**
 * What a model file says of the exits of a task.
 *
 * @param model the small network, as a file of its own would describe it
 * @param rules when examples go on, the subnetwork reckoned in
 * @param budget mean multiply-adds that the task is tested within
 */
public record StoredTaskExits(ExitModelDescription model, List<ExitModelDescription.Rule> rules, long budget) {
    /**
     * {@return what a file says of these}
     *
     * @param exits of a task
     */
    public static StoredTaskExits of(TaskExits exits) {
        return new StoredTaskExits(
                ExitModelDescription.of(exits.model(), ModelArchive.checksum(ExitModelFile.parameters(exits.model()))),
                exits.rules().entrySet().stream()
                        .map(rule -> new ExitModelDescription.Rule(
                                rule.getKey(), rule.getValue().thresholds()))
                        .toList(),
                exits.budget());
    }

    /**
     * {@return parameters as a file has them}
     *
     * @param exits of a task
     */
    public static byte[] parameters(TaskExits exits) {
        return ExitModelFile.parameters(exits.model());
    }

    /**
     * Makes sure that it can be read.
     *
     * @param features of an example
     * @param classes of the task
     * @throws IllegalArgumentException if something is missing, out of its range, or does not go with something else
     */
    public void check(int features, int classes) {
        checkArgument(model != null && rules != null, "exits are incomplete");
        model.check();
        checkArgument(
                model.input().features() == features && model.classes().size() == classes, "exits do not fit the task");
        for (ExitModelDescription.Rule rule : rules) {
            checkArgument(
                    rule != null
                            && rule.multiplyAdds() >= 0
                            && rule.thresholds() != null
                            && rule.thresholds().stream().allMatch(Objects::nonNull),
                    "a rule of exits is incomplete");
        }
    }

    /** {@return bytes that {@link #parameters} takes} */
    public long bytes() {
        return model.parameterBytes();
    }

    /**
     * {@return the exits}
     *
     * @param parameters as {@link #parameters} wrote them; read from where it stands, {@link #bytes} far
     * @throws IllegalArgumentException if something is out of its range
     */
    public TaskExits read(ByteBuffer parameters) {
        byte[] own = new byte[Math.toIntExact(bytes())];
        parameters.get(own);
        checkArgument(ModelArchive.checksum(own).equals(model.parametersSha256()), "parameters of exits are damaged");
        ImmutableSortedMap.Builder<Long, ExitRule> all = ImmutableSortedMap.naturalOrder();
        rules.forEach(rule -> all.put(rule.multiplyAdds(), new ExitRule(ImmutableList.copyOf(rule.thresholds()))));
        return new TaskExits(
                ExitModelFile.model(model, ByteBuffer.wrap(own).asFloatBuffer()), all.buildOrThrow(), budget);
    }
}
