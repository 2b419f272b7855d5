package library.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import library.LibraryPlugin;

/** Describes a message, writes one as bytes, and reads it. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("city.proto")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("City")
                        .addField(FieldDescriptorProto.newBuilder()
                                .setName("name")
                                .setNumber(1)
                                .setType(FieldDescriptorProto.Type.TYPE_STRING)
                                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)))
                .build();
        Descriptor city = FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("City");
        byte[] bytes = DynamicMessage.newBuilder(city)
                .setField(city.findFieldByName("name"), "Bern")
                .build()
                .toByteArray();
        return bytes.length + " " + DynamicMessage.parseFrom(city, bytes).getField(city.findFieldByName("name")) + " "
                + FileDescriptorProto.parseFrom(file.toByteArray())
                        .getMessageType(0)
                        .getFieldCount();
    }
}
