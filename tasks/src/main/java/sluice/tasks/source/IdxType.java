package sluice.tasks.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/** What the elements of an IDX file are, big-endian. */
enum IdxType {
    UNSIGNED_BYTE(0x08, Byte.BYTES) {
        @Override
        double read(ByteBuffer elements, int index) {
            return Byte.toUnsignedInt(elements.get(index));
        }
    },
    SIGNED_BYTE(0x09, Byte.BYTES) {
        @Override
        double read(ByteBuffer elements, int index) {
            return elements.get(index);
        }
    },
    SHORT(0x0b, Short.BYTES) {
        @Override
        double read(ByteBuffer elements, int index) {
            return elements.getShort(index * Short.BYTES);
        }
    },
    INT(0x0c, Integer.BYTES) {
        @Override
        double read(ByteBuffer elements, int index) {
            return elements.getInt(index * Integer.BYTES);
        }
    },
    FLOAT(0x0d, Float.BYTES) {
        @Override
        double read(ByteBuffer elements, int index) {
            return elements.getFloat(index * Float.BYTES);
        }
    },
    DOUBLE(0x0e, Double.BYTES) {
        @Override
        double read(ByteBuffer elements, int index) {
            return elements.getDouble(index * Double.BYTES);
        }
    };

    private final int code;
    private final int bytes;

    IdxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** That of a magic number, whose third byte says it. */
    static Optional<IdxType> of(int magic) {
        return Stream.of(values())
                .filter(type -> type.code == magic >>> Byte.SIZE)
                .findFirst();
    }

    /** The magic number of an array of so many dimensions. */
    int magic(int dimensions) {
        return code << Byte.SIZE | dimensions;
    }

    /** Bytes of an element. */
    int bytes() {
        return bytes;
    }

    /** An element, as it is. */
    abstract double read(ByteBuffer elements, int index);
}
