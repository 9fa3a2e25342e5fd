package sluice.framework.strategy;

import java.lang.reflect.Array;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.OutputRows;
import sluice.framework.internal.state.State;

/** Keeps of what is told only what something with fewer outputs and tasks would tell, the first of them. */
record NarrowState(State kept, boolean absent, int parameters, int outputs, int tasks) implements State {
    private static final Pattern OF_TASK = Pattern.compile("(?:mask|embeddings)-(\\d+).*");
    private static final Pattern OF_OUTPUT = Pattern.compile("set-(\\d+)");

    private <T> T narrow(T values, OutputRows form) {
        int length = Array.getLength(values);
        int rows = (length - form.first()) / form.outputs();
        // rows of tasks, if their number is that of a table of tasks and outputs
        int keptRows = form.first() == 0 && rows < 4 ? tasks : rows;
        @SuppressWarnings("unchecked")
        T narrow = (T) Array.newInstance(values.getClass().getComponentType(), form.first() + keptRows * outputs);
        System.arraycopy(values, 0, narrow, 0, form.first());
        for (int row = 0; row < keptRows; row++) {
            System.arraycopy(
                    values, form.first() + row * form.outputs(), narrow, form.first() + row * outputs, outputs);
        }
        return narrow;
    }

    @Override
    public void floats(String name, float[] values, OutputRows form) {
        kept.floats(name, narrow(values, form));
    }

    @Override
    public void ints(String name, int[] values, OutputRows form) {
        kept.ints(name, narrow(values, form));
    }

    @Override
    public void longs(String name, long[] values, OutputRows form) {
        kept.longs(name, narrow(values, form));
    }

    @Override
    public void bits(String name, long[] values, OutputRows form) {
        int[] each = new int[parameters];
        for (int i = 0; i < parameters; i++) {
            each[i] = (int) (values[i / Long.SIZE] >>> i & 1);
        }
        int[] kept = narrow(each, form);
        long[] bits = new long[(kept.length + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < kept.length; i++) {
            bits[i / Long.SIZE] |= (long) kept[i] << i;
        }
        this.kept.longs(name, bits);
    }

    @Override
    public boolean has(String name) {
        Matcher task = OF_TASK.matcher(name);
        return !absent && (!task.matches() || Integer.parseInt(task.group(1)) <= tasks);
    }

    @Override
    public State part(String name) {
        Matcher output = OF_OUTPUT.matcher(name);
        boolean later = output.matches() && Integer.parseInt(output.group(1)) >= outputs;
        return new NarrowState(kept.part(name), later, parameters, outputs, tasks);
    }

    @Override
    public void floats(String name, float[] values) {
        kept.floats(name, values);
    }

    @Override
    public void ints(String name, int[] values) {
        kept.ints(name, values);
    }

    @Override
    public void longs(String name, long[] values) {
        kept.longs(name, values);
    }

    @Override
    public void doubles(String name, double[] values) {
        kept.doubles(name, values);
    }

    @Override
    public void matrix(String name, NativeMatrix values) {
        kept.matrix(name, values);
    }

    @Override
    public void matrix(String name, float[][] values) {
        kept.matrix(name, values);
    }

    @Override
    public int count(String name, int value) {
        return kept.count(name, value);
    }

    @Override
    public long count(String name, long value) {
        return kept.count(name, value);
    }

    @Override
    public double number(String name, double value) {
        return kept.number(name, value);
    }

    @Override
    public String text(String name, String value) {
        return kept.text(name, value);
    }

    @Override
    public byte[] bytes(String name, byte[] value) {
        return kept.bytes(name, value);
    }

    @Override
    public boolean restores() {
        return false;
    }
}
