package sluice.framework.plain;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * The lowest layers of a plain network, where they are maps: from examples to rows of values for the fully connected layers
 * above, and back. Once there was a batch of about a size, a pass of that size allocates nothing.
 */
final class MapLayers implements LowerLayers {
    private final ImmutableList<MapLayer> layers;
    private final float[] parameters;
    private final Lanes lanes;
    private final PassAccount account;
    /** By size of the batch, in grains rounded up: all in the memory of the largest, each made when it is needed. */
    private final MapRoom[] rooms;
    /** What the topmost maps gave [rows][values]. */
    private final float[][] values;
    /** Per value, its sum over the batch before gates. */
    private final float[] sums;

    private final ImmutableList<Jobs> jobs;
    private final Lanes.Job uploading = this::upload;
    private final Lanes.Job feeding = this::feed;
    private final Lanes.Job handingUp = this::handUp;
    private final Lanes.Job takingDown = this::takeDown;
    private final Lanes.Job collecting = this::collect;
    private final Lanes.Job adding = this::addSingles;
    private MapRoom room;
    private int batch;
    private Batch examples;
    private NativeMatrix atOutputs;
    private LiveInputs live;
    private PerExample of;
    private float[] gradient;
    private SingleExamples singles;

    /** What lanes do for one layer. */
    private record Jobs(Lanes.Job forward, Lanes.Job gate, Lanes.Job propagate, Lanes.Job form) {}

    /**
     * @param layers lowest first, at least one
     * @param parameters of the network
     * @param rows the largest batch
     */
    MapLayers(ImmutableList<MapLayer> layers, float[] parameters, int rows, Lanes lanes, PassAccount account) {
        this.layers = layers;
        this.parameters = parameters;
        this.lanes = lanes;
        this.account = account;
        this.rooms = new MapRoom[grains(rows) + 1];
        this.room = MapRoom.allocate(layers, rows, lanes.count());
        this.rooms[grains(rows)] = room;
        this.values = new float[rows][top().values()];
        this.sums = new float[top().values()];
        this.jobs = IntStream.range(0, layers.size()).mapToObj(this::jobs).collect(ImmutableList.toImmutableList());
    }

    private Jobs jobs(int l) {
        return new Jobs(
                lane -> room.pass(l).forward(lane, batch),
                lane -> room.pass(l).gate(lane, batch),
                lane -> room.pass(l).propagate(lane, room.pass(l - 1), batch),
                lane -> room.pass(l).form(lane, batch));
    }

    private static int grains(int size) {
        return (size + Lane.GRAIN - 1) / Lane.GRAIN;
    }

    private MapLayer top() {
        return layers.get(layers.size() - 1);
    }

    @Override
    public int values(int layer) {
        return layers.get(layer).values();
    }

    @Override
    public void forward(Batch given, float[][] gates, RowLayers above) {
        examples = given;
        batch = examples.size();
        int grains = grains(batch);
        if (rooms[grains] == null) {
            rooms[grains] = rooms[rooms.length - 1].part(grains * Lane.GRAIN, lanes.count());
        }
        room = rooms[grains];
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).setGates(gates[l]);
        }
        lanes.run(uploading, top().block().end());
        lanes.run(feeding, (long) batch * examples.features());
        for (int l = 0; l < layers.size(); l++) {
            lanes.run(jobs.get(l).forward(), account.forward(l, batch, inputs(l)));
            if (l < layers.size() - 1) {
                lanes.run(jobs.get(l).gate(), (long) batch * values(l));
            }
        }
        lanes.run(handingUp, (long) batch * sums.length);
        above.take(values, sums, batch);
    }

    private int inputs(int layer) {
        return layers.get(layer).block().inputs();
    }

    private void upload(Lane lane) {
        for (MapLayer layer : layers) {
            layer.upload(lane, parameters);
        }
    }

    private void feed(Lane lane) {
        room.feed(lane, examples, 0, batch);
    }

    private void handUp(Lane lane) {
        room.pass(layers.size() - 1).handUp(lane, values, sums, batch);
    }

    @Override
    public float[] hidden(int layer) {
        return room.pass(layer).hidden(batch);
    }

    @Override
    public void propagate(RowLayers above) {
        atOutputs = above.inputGradient();
        live = above.liveInputs();
        lanes.run(takingDown, (long) batch * sums.length);
        for (int l = layers.size() - 1; l > 0; l--) {
            lanes.run(jobs.get(l).propagate(), countInputGradient(l));
        }
    }

    private void takeDown(Lane lane) {
        room.pass(layers.size() - 1).takeDown(lane, atOutputs, 0, live, batch);
    }

    private long countInputGradient(int layer) {
        return account.inputGradient(
                layer, batch, inputs(layer), layers.get(layer).block().units());
    }

    private long countWeightGradient(int layer) {
        return account.weightGradient(
                layer, batch, inputs(layer), layers.get(layer).block().units());
    }

    @Override
    public void form(float[] into) {
        gradient = into;
        for (int l = 0; l < layers.size(); l++) {
            lanes.run(jobs.get(l).form(), countWeightGradient(l));
        }
        lanes.run(collecting, top().block().end());
    }

    private void collect(Lane lane) {
        for (int l = 0; l < layers.size(); l++) {
            room.pass(l).collect(lane, gradient);
        }
    }

    @Override
    public float[] gateGradient(int layer) {
        return room.pass(layer).gateGradient();
    }

    @Override
    public void beginSums() {
        if (singles == null) {
            singles = new SingleExamples(layers, lanes.count());
        }
        singles.begin();
    }

    @Override
    public void addToSums(PerExample made, RowLayers above) {
        atOutputs = above.inputGradient();
        live = above.liveInputs();
        of = made;
        long work = 0;
        for (int l = 0; l < layers.size(); l++) {
            work += account.forward(l, batch, inputs(l)) + countWeightGradient(l) + (l > 0 ? countInputGradient(l) : 0);
        }
        lanes.run(adding, work);
    }

    private void addSingles(Lane lane) {
        singles.add(lane, examples, atOutputs, live, of);
    }

    @Override
    public void writeSums(float[] into) {
        singles.write(into);
    }

    @Override
    public void close() {
        for (MapRoom made : rooms) {
            if (made != null) {
                made.close();
            }
        }
        if (singles != null) {
            singles.close();
        }
    }
}
