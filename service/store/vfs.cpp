// SQLite's interface to the operating system is two tables of functions, one for the file system and one for each open file. Ours hand
// everything on; those that change a file ask the Disk first.

#include "service/store/vfs.h"

#include <cerrno>
#include <new>
#include <thread>

#include <sqlite3.h>

namespace samrad::store {

namespace {

struct Layer {
  sqlite3_vfs vfs;  // first: SQLite's pointer to it is one to this
  sqlite3_vfs* under;
  Disk* disk;
  std::string name;
};

// Lies in memory of SQLite's; what is under it follows behind.
struct OpenFile {
  sqlite3_file file;  // first, likewise
  Layer* layer;
  std::string* path;
  sqlite3_file* under() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

OpenFile& ours(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
sqlite3_file* under(sqlite3_file* file) { return ours(file).under(); }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *under(file)->pMethods; }
Layer& layer(sqlite3_vfs* vfs) { return *reinterpret_cast<Layer*>(vfs); }

// SQLite's word for a refusal; its reason is found where a system call leaves it.
int refused(int why, int code) {
  if (why == 0) return SQLITE_OK;
  errno = why;
  return code == SQLITE_IOERR_WRITE && why == ENOSPC ? SQLITE_FULL : code;
}

int close_file(sqlite3_file* file) {
  const int code = methods(file).xClose(under(file));
  delete ours(file).path;
  return code;
}

int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  const int why = ours(file).layer->disk->read(*ours(file).path);
  if (const int code = refused(why, SQLITE_IOERR_READ); code != SQLITE_OK) return code;
  return methods(file).xRead(under(file), to, size, at);
}

int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const std::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
  const int why = ours(file).layer->disk->write(*ours(file).path, bytes, at);
  if (const int code = refused(why, SQLITE_IOERR_WRITE); code != SQLITE_OK) return code;
  return methods(file).xWrite(under(file), from, size, at);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const int why = ours(file).layer->disk->truncate(*ours(file).path, size);
  if (const int code = refused(why, SQLITE_IOERR_TRUNCATE); code != SQLITE_OK) return code;
  return methods(file).xTruncate(under(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
  const int why = ours(file).layer->disk->sync(*ours(file).path);
  if (const int code = refused(why, SQLITE_IOERR_FSYNC); code != SQLITE_OK) return code;
  return methods(file).xSync(under(file), flags);
}

// The file under ours is mapped into memory by nobody, so that every change passes here.
constexpr sqlite3_io_methods file_methods = {
    2,
    close_file,
    read_file,
    write_file,
    truncate_file,
    sync_file,
    [](sqlite3_file* f, sqlite3_int64* size) { return methods(f).xFileSize(under(f), size); },
    [](sqlite3_file* f, int level) { return methods(f).xLock(under(f), level); },
    [](sqlite3_file* f, int level) { return methods(f).xUnlock(under(f), level); },
    [](sqlite3_file* f, int* held) { return methods(f).xCheckReservedLock(under(f), held); },
    [](sqlite3_file* f, int what, void* value) {
      return methods(f).xFileControl(under(f), what, value);
    },
    [](sqlite3_file* f) { return methods(f).xSectorSize(under(f)); },
    [](sqlite3_file* f) { return methods(f).xDeviceCharacteristics(under(f)); },
    [](sqlite3_file* f, int region, int size, int extend, void volatile** at) {
      return methods(f).xShmMap(under(f), region, size, extend, at);
    },
    [](sqlite3_file* f, int from, int count, int flags) {
      return methods(f).xShmLock(under(f), from, count, flags);
    },
    [](sqlite3_file* f) { methods(f).xShmBarrier(under(f)); },
    [](sqlite3_file* f, int erase) { return methods(f).xShmUnmap(under(f), erase); },
    nullptr,
    nullptr,
};

int open_file(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags,
              int* flags_out) {
  OpenFile& made = ours(file);
  made.file.pMethods = nullptr;
  made.layer = &layer(vfs);
  sqlite3_vfs* const below = made.layer->under;
  const int code = below->xOpen(below, name, made.under(), flags, flags_out);
  if (code != SQLITE_OK) return code;
  made.path = new std::string(name == nullptr ? "" : name);
  made.file.pMethods = &file_methods;
  return code;
}

int remove_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  const int why = layer(vfs).disk->remove(name);
  if (const int code = refused(why, SQLITE_IOERR_DELETE); code != SQLITE_OK) return code;
  sqlite3_vfs* const below = layer(vfs).under;
  return below->xDelete(below, name, sync_folder);
}

}  // namespace

void add_disk(const std::string& name, Disk& disk) {
  sqlite3_vfs* const below = sqlite3_vfs_find(nullptr);
  auto* const made =
      new Layer{*below, below, &disk, name};  // SQLite keeps it for the life of the process
  made->vfs.pNext = nullptr;
  made->vfs.zName = made->name.c_str();
  made->vfs.szOsFile = static_cast<int>(sizeof(OpenFile)) + below->szOsFile;
  made->vfs.xOpen = open_file;
  made->vfs.xDelete = remove_file;
  sqlite3_vfs_register(&made->vfs, 0);
}

int SlowDisk::sync(const std::string&) {
  std::this_thread::sleep_for(sync_);
  return 0;
}

}  // namespace samrad::store
