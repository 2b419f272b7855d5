# Walls itself off by Landlock and seccomp, and becomes the program that is named.
# Arguments: the architecture, then pairs of what is allowed (read, run, write, device, socket) and where, then -- and the program with its arguments.
use strict;
use warnings;
use Socket;

sub failed { print STDERR "The wall can't be built: $_[0]\n"; exit 125 }

my $arch = shift @ARGV;
my $intel = $arch eq 'amd64';
failed("the system calls of $arch are not known") unless $intel || $arch eq 'aarch64';

my (@rules, $socket);
while (@ARGV && $ARGV[0] ne '--') {
    my ($how, $where) = splice(@ARGV, 0, 2);
    if ($how eq 'socket') { $socket = $where } else { push @rules, [$how, $where] }
}
shift @ARGV;

# Behind the wall nothing can be connected: it is done before, and is standard input from then on. What was standard input is descriptor 3.
my $told;
if (defined $socket) {
    $^F = 9;
    open($told, '<&', \*STDIN) or failed("standard input: $!");
    failed('descriptor 3 is taken') unless fileno($told) == 3;
    $^F = 2;
    socket(my $connection, PF_UNIX, SOCK_STREAM, 0) or failed("socket: $!");
    connect($connection, pack_sockaddr_un($socket)) or failed("connect to $socket: $!");
    open(STDIN, '+<&', $connection) or failed("descriptor 0: $!");
    close($connection);
}
# A group of its own, which it can't leave: whoever signals that reaches all that it starts.
setpgrp(0, 0);

my ($CREATE, $ADD, $RESTRICT) = (444, 445, 446);
my $CONTROL = $intel ? 157 : 167;
my $version = syscall($CREATE, 0, 0, 1);
failed("the system has no Landlock: $!") if $version < 1;

# Rights to files as Landlock numbers them. What is not named here (devices, sockets) nobody may make.
my ($run, $write, $read, $list) = (1, 2, 4, 8);
my $refer = $version >= 2 ? 0x2000 : 0;
my $cut = $version >= 3 ? 0x4000 : 0;
my $control = $version >= 5 ? 0x8000 : 0;
my $change = 0x1000 | 0x0400 | 0x0100 | 0x0080 | 0x0020 | 0x0010;
my %rights = (
    read   => $read | $list,
    run    => $read | $list | $run,
    write  => $read | $list | $write | $cut | $change | $refer,
    device => $read | $write,
);
my $handled = pack('Q', 0x1fff | $refer | $cut | $control);
$handled .= pack('Q', 3) if $version >= 4;
$handled .= pack('Q', 3) if $version >= 6;
my $set = syscall($CREATE, $handled, length($handled), 0);
failed("Landlock: $!") if $set < 0;
for my $rule (@rules) {
    my ($how, $where) = @$rule;
    next unless -e $where;
    sysopen(my $path, $where, 0x200000) or failed("$where: $!");
    my $allowed = $rights{$how};
    $allowed &= $run | $write | $read | $cut unless -d $where;
    syscall($ADD, $set, 1, pack('Ql', $allowed, fileno($path)), 0) == 0 or failed("$where: $!");
}
syscall($CONTROL, 38, 1, 0, 0, 0) == 0 or failed("no_new_privs: $!");

# What no plugin's JVM needs, or what reaches past Landlock: numbers of the calls, Intel's and everybody else's.
my @refused = (
    [101, 117], [310, 270], [311, 271], [434, 434], [438, 438], [424, 424],              # ptrace process_vm_* pidfd_*
    [42, 203], [49, 200], [50, 201], [43, 202], [288, 242], [46, 211], [307, 269],       # connect bind listen accept* send*msg
    [425, 425], [426, 426], [427, 427], [321, 280], [298, 241], [323, 282],              # io_uring_* bpf perf_event_open userfaultfd
    [250, 219], [248, 217], [249, 218],                                                  # keyctl add_key request_key
    [165, 40], [166, 39], [155, 41], [161, 51], [272, 97], [308, 268],                   # mount umount2 pivot_root chroot unshare setns
    [428, 428], [429, 429], [430, 430], [431, 431], [432, 432], [433, 433], [442, 442],  # the newer calls for mounts
    [62, 129], [200, 130], [129, 138], [297, 240], [109, 154], [112, 157],               # kill tkill rt_*sigqueueinfo setpgid setsid
    [141, 140], [144, 119], [142, 118], [314, 274], [251, 30],                           # setpriority sched_set* ioprio_set
    [279, 239], [256, 238], [312, 272], [440, 440], [448, 448],                          # move_pages migrate_pages kcmp process_*
    [29, 194], [30, 196], [31, 195], [64, 190], [65, 193], [66, 191], [220, 192],        # System V memory and semaphores
    [68, 186], [69, 189], [70, 188], [71, 187], [240, 180], [241, 181],                  # message queues
    [254, 27], [300, 262], [301, 263],                                                   # inotify_add_watch fanotify_*
    [90, -1], [268, 53], [92, -1], [94, -1], [260, 54],                                  # chmod fchmodat chown lchown fchownat
    [132, -1], [235, -1], [261, -1],                                                     # utime utimes futimesat
    [188, 5], [189, 6], [197, 14], [198, 15], [303, 264], [304, 265],                    # attributes of paths, file handles
    [175, 105], [313, 273], [176, 106], [246, 104], [320, 294], [169, 142],              # modules, kexec, reboot
    [167, 224], [168, 225], [163, 89], [179, 60], [103, 116], [153, 58],                 # swap acct quotactl syslog vhangup
    [227, 112], [164, 170], [159, 171], [305, 266], [170, 161], [171, 162],              # clocks and names
    [135, 92], [154, -1], [57, -1], [58, -1],                                            # personality modify_ldt fork vfork
);
my ($LOAD, $EQUAL, $ABOVE, $ANY, $AND, $END) = (0x20, 0x15, 0x35, 0x45, 0x54, 0x06);
my ($ALLOW, $REFUSE, $ABSENT, $KILL) = (0x7fff0000, 0x00050001, 0x00050026, 0x80000000);
my @program;
sub step { push @program, pack('SCCL', @_) }
# A call that depends on one argument: which call, which argument, what is to be done with it.
sub depends {
    my ($number, $argument, @steps) = @_;
    step($EQUAL, 0, 1 + @steps, $number);
    step($LOAD, 0, 0, 16 + 8 * $argument);
    step(@$_) for @steps;
}
my @only = ([$END, 0, 0, $REFUSE], [$END, 0, 0, $ALLOW]);
step($LOAD, 0, 0, 4);
step($EQUAL, 1, 0, $intel ? 0xc000003e : 0xc00000b7);
step($END, 0, 0, $KILL);
step($LOAD, 0, 0, 0);
# What is newer than this text, and Intel's second table of calls.
step($ABOVE, 0, 1, 451);
step($END, 0, 0, $ABSENT);
for my $call (@refused) {
    my $number = $call->[$intel ? 0 : 1];
    next if $number < 0;
    step($EQUAL, 0, 1, $number);
    step($END, 0, 0, $REFUSE);
}
# clone3 hides what it is asked for: who is told that it is not there uses clone, which may make threads, no processes and no namespaces.
step($EQUAL, 0, 1, 435);
step($END, 0, 0, $ABSENT);
depends($intel ? 56 : 220, 0, [$ANY, 1, 0, 0x7e020000], [$ANY, 1, 0, 0x10000], @only);
# Signals, limits and processors for itself alone; times of an open file, not of a path.
depends($intel ? 234 : 131, 0, [$EQUAL, 1, 0, $$], @only);
depends($intel ? 302 : 261, 0, [$EQUAL, 1, 0, 0], @only);
depends($intel ? 203 : 122, 0, [$EQUAL, 1, 0, 0], @only);
depends($intel ? 280 : 88, 1, [$EQUAL, 1, 0, 0], @only);
# Local sockets, which the JDK looks for, and which lead nowhere since they can't be connected.
depends($intel ? 41 : 198, 0, [$EQUAL, 1, 0, 1], [$END, 0, 0, $REFUSE], [$LOAD, 0, 0, 24], [$AND, 0, 0, 0xf], [$EQUAL, 1, 0, 1], @only);
step($END, 0, 0, $ALLOW);

my $code = join('', @program);
my $filter = pack('Sx6P', scalar @program, $code);
syscall($RESTRICT, $set, 0) == 0 or failed("Landlock: $!");
syscall($CONTROL, 22, 2, $filter, 0, 0) == 0 or failed("seccomp: $!");
{ no warnings 'exec'; exec { $ARGV[0] } @ARGV; }
failed("$ARGV[0]: $!");
